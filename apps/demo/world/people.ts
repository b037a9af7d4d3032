/** Somebody of the demo world. Scripts call people by the keys of `people`. */
export interface Character {
  handle: string;
  displayName: string;
  statusLine: string;
}

const person = (handle: string, displayName: string, statusLine = ''): Character => ({
  handle,
  displayName,
  statusLine,
});

/** Everybody has this one. */
export const PASSWORD = 'wild geese';

/** The one whose conversations the demo world is about. */
export const VISITOR = 'mei';

export const people = {
  mei: person('mei.lin', 'Mei Lin 林梅', 'Drawing maps that do not get in the way'),
  anna: person('anna.lindqvist', 'Anna Lindqvist', 'Shipping on Thursday'),
  liwei: person('li.wei', '李伟', '后端 · 有事请留言'),
  carla: person('carla.ferreira', 'Carla Ferreira', 'Lisbon · UTC+0'),
  tomas: person('tomas.novak', 'Tomáš Novák', 'iOS, trains, dumplings'),
  zhangyu: person('zhang.yu', '张雨', '安卓'),
  priya: person('priya.raman', 'Priya Raman', 'If it can break, I will find it'),
  omar: person('omar.haddad', 'Omar Haddad', 'Numbers'),
  chenjing: person('chen.jing', '陈静', '删掉的比加上的多'),
  mama: person('wang.xiulan', '王秀兰', '知足常乐'),
  baba: person('lin.jianguo', '林建国'),
  tao: person('lin.tao', '林涛', '在加班'),
  aunt: person('wang.xiuying', '王秀英', '🌸 平安是福 🌸'),
  zhaomin: person('zhao.min', '赵敏'),
  helen: person('helen.okafor', 'Helen Okafor', 'Class 3B · replies until six'),
  james: person('james.whitfield', 'James Whitfield'),
  sofia: person('sofia.marin', 'Sofía Marín', '☕'),
  wulei: person('wu.lei', '吴磊', '出差中'),
  sunyue: person('sun.yue', '孙悦'),
  david: person('david.kim', 'David Kim 김도현'),
  emma: person('emma.clarke', 'Emma Clarke', 'On the way to somewhere'),
  yutong: person('he.yutong', '何雨桐', '山系女孩'),
  lucas: person('lucas.meyer', 'Lucas Meyer', 'Probably on a wall'),
  zhenghao: person('zheng.hao', '郑浩', '早睡早起'),
} as const satisfies Record<string, Character>;

export type PersonKey = keyof typeof people;

export const isPersonKey = (key: string): key is PersonKey => Object.hasOwn(people, key);

export const personKeys = Object.keys(people).filter(isPersonKey);
