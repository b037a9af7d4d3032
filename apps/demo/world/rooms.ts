import { type PersonKey, personKeys, VISITOR } from './people.ts';

interface Talk {
  /** The file in `content/recent` with what was said last. */
  recent?: string;
  /** Files in `content/topics` that the weeks before are made of. */
  topics: readonly string[];
  /** Scenes a day, on average. */
  pace: number;
  /** From and to hour of the day. */
  hours: readonly [number, number];
  weekends: boolean;
  /** Messages that the visitor has not read. */
  unread: number;
  /** What the visitor began to write. */
  draft?: string;
}

export interface Group extends Talk {
  kind: 'group';
  name: string;
  avatar: string;
  owner: PersonKey;
  admins: readonly PersonKey[];
  /** Beside the owner. */
  members: readonly PersonKey[];
  /** Who speaks in scenes that name nobody. */
  speakers: readonly PersonKey[];
  announcement?: string;
  /** Only administrators write. */
  muted?: boolean;
  /** Members beside the people with names. */
  subscribers?: number;
}

/** Between the visitor and somebody, or with herself. */
export interface Direct extends Talk {
  kind: 'direct';
  with: PersonKey;
}

export type Room = Group | Direct;

const office = { hours: [9, 19], weekends: false } as const;
const home = { hours: [8, 22], weekends: true } as const;
const team: PersonKey[] = ['mei', 'anna', 'carla', 'liwei', 'tomas', 'zhangyu', 'priya', 'omar', 'chenjing'];

const direct = (peer: PersonKey, rest: Omit<Direct, 'kind' | 'with'>): Direct => ({
  ...{ kind: 'direct', with: peer },
  ...rest,
});

export const rooms: readonly Room[] = [
  {
    ...{
      kind: 'group',
      name: 'Lark · Product',
      avatar: '🗺️',
      owner: 'anna',
      admins: ['carla'],
      members: team,
      speakers: team,
    },
    announcement:
      '4.13 goes out on Thursday. Code freeze Wednesday noon; after that only fixes that Priya has seen.\n周三中午封版，之后只合并测试过的修复。',
    ...{ recent: 'product', topics: ['stand-up', 'reviews', 'bugs', 'releases', 'planning', 'office'], pace: 9 },
    ...{ ...office, unread: 5 },
  },
  {
    ...{ kind: 'group', name: '设计评审', avatar: '🎨', owner: 'chenjing', admins: ['mei'] },
    ...{ members: ['mei', 'zhangyu', 'liwei'], speakers: ['mei', 'chenjing', 'zhangyu', 'liwei'] },
    ...{ recent: 'design', topics: ['design-zh'], pace: 4, ...office, unread: 0 },
    draft: '真机上看过了，图例清楚多了，只是',
  },
  {
    ...{ kind: 'group', name: '一家人 🏮', avatar: '🏮', owner: 'mama', admins: ['tao'] },
    ...{ members: ['mei', 'baba', 'tao', 'aunt', 'zhaomin'], speakers: ['mama', 'baba', 'tao', 'mei'] },
    ...{ recent: 'family', topics: ['family'], pace: 3, ...home, unread: 3 },
  },
  {
    ...{ kind: 'group', name: 'Class 3B parents', avatar: '🎒', owner: 'helen', admins: [] },
    members: ['mei', 'james', 'sofia', 'wulei', 'sunyue', 'david'],
    speakers: ['mei', 'james', 'sofia', 'wulei', 'sunyue', 'david'],
    announcement: 'River trip on Friday, 8:45 to 15:00. Wellies, lunch, a change of socks.',
    ...{ recent: 'class', topics: ['class'], pace: 2.2, hours: [7, 20], weekends: false, unread: 2 },
  },
  {
    ...{ kind: 'group', name: '周末爬山小队 Weekend hikers', avatar: '⛰️', owner: 'yutong', admins: ['lucas'] },
    members: ['mei', 'lucas', 'zhenghao', 'emma', 'zhangyu'],
    speakers: ['yutong', 'lucas', 'zhenghao', 'emma', 'mei'],
    ...{ recent: 'hike', topics: ['hike'], pace: 2, ...home, unread: 0 },
  },
  {
    ...{ kind: 'group', name: 'Slow book club', avatar: '📚', owner: 'emma', admins: [] },
    ...{ members: ['mei', 'sofia', 'james', 'priya'], speakers: ['emma', 'mei', 'sofia', 'james', 'priya'] },
    ...{ recent: 'books', topics: ['books'], pace: 0.8, hours: [18, 22], weekends: true, unread: 0 },
  },
  {
    ...{ kind: 'group', name: 'Lark News 公告', avatar: '📣', owner: 'carla', admins: ['anna'], subscribers: 296 },
    ...{ members: personKeys, speakers: ['carla', 'anna'], muted: true },
    announcement: 'News from Lark, a few times a week. 云雀地图的消息，每周几条。',
    ...{ recent: 'news', topics: ['announcements'], pace: 0.4, ...office, unread: 1 },
  },
  direct('anna', { recent: 'anna', topics: ['work-en', 'reviews'], pace: 2.5, ...office, unread: 0 }),
  direct('chenjing', { recent: 'chenjing', topics: ['work-zh', 'design-zh'], pace: 2.5, ...office, unread: 2 }),
  direct('liwei', {
    recent: 'liwei',
    topics: ['work-zh'],
    pace: 1.2,
    ...office,
    unread: 0,
    draft: '`fadesAt` 是 UTC 吗？',
  }),
  direct('carla', { recent: 'carla', topics: ['work-en', 'planning'], pace: 1.2, ...office, unread: 0 }),
  direct('mama', { recent: 'mama', topics: ['home-zh'], pace: 1.6, ...home, unread: 2 }),
  direct('emma', { recent: 'emma', topics: ['friends-en', 'books'], pace: 1.4, ...home, unread: 2 }),
  direct('yutong', { topics: ['friends-zh', 'hike'], pace: 1.2, ...home, unread: 0 }),
  direct('lucas', { recent: 'lucas', topics: ['friends-en'], pace: 0.7, ...home, unread: 0 }),
  direct('tao', { topics: ['home-zh', 'friends-zh'], pace: 1, ...home, unread: 0 }),
  direct('zhangyu', { topics: ['work-zh'], pace: 0.8, ...office, unread: 0 }),
  direct('tomas', { topics: ['work-en', 'bugs'], pace: 0.8, ...office, unread: 0 }),
  direct('helen', { recent: 'helen', topics: [], pace: 0, hours: [8, 18], weekends: false, unread: 1 }),
  direct(VISITOR, { recent: 'notes', topics: [], pace: 0, ...home, unread: 0 }),
];
