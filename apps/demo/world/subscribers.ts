import type { SeededRandom } from '@hongyan/testkit/random';
import type { Character } from './people.ts';

const givenNames =
  'Aylin,Ben,Chiara,Daniel,Elena,Femi,Grace,Hugo,Ines,Jonas,Kofi,Lena,Marco,Nora,Oskar,Paula,Ravi,Sara,Tim,Yuki';
const familyNames =
  'Almeida,Berg,Costa,Dubois,Eriksen,Fischer,Garcia,Hansen,Ito,Jensen,Keller,Larsen,Moreau,Nguyen,Rossi,Silva';
const chineseFamilyNames = '刘,黄,周,徐,马,朱,胡,郭,罗,高,梁,宋,唐,许,邓,冯,韩,曹';
const chineseGivenNames = '子涵,雨欣,浩然,思远,佳怡,俊杰,梦琪,天宇,晓彤,志强,雪,明,丽华,建平,诗雅,一鸣';

/** People who only read: for a group as large as announcements have. Nobody signs in as them. */
export function subscribers(count: number, random: SeededRandom): Character[] {
  const of = (names: string) => random.pick(names.split(','));
  return Array.from({ length: count }, (_, index) => ({
    handle: `reader.${index + 1}`,
    displayName: random.chance(0.5)
      ? of(chineseFamilyNames) + of(chineseGivenNames)
      : `${of(givenNames)} ${of(familyNames)}`,
    statusLine: '',
  }));
}
