import type { Catalogue } from "../language/language.ts";

/** What each kind of frame is, and who makes sense of it, in words. */
type Kinds = Readonly<
  Record<
    | "psitag"
    | "psirow"
    | "psisum"
    | "sizes"
    | "opening"
    | "deal"
    | "credit"
    | "maskkey"
    | "commit"
    | "pledge",
    { readonly what: string; readonly reader: string }
  >
>;

export const KINDS: Catalogue<Kinds> = {
  en: {
    psitag: {
      what: "keyed tags of ids, shuffled",
      reader: "nobody: the coordinator can only compare them",
    },
    psirow: { what: "which of the receiver's rows are shared", reader: "the receiver" },
    psisum: {
      what: "keyed hash of the common order",
      reader: "the receiver compares it with its own",
    },
    sizes: { what: "numbers of rows and columns", reader: "everybody: sizes are public" },
    opening: {
      what: "values under one-time masks",
      reader: "nobody: the masks are the dealer's, and the dealer does not see it",
    },
    deal: { what: "a share of correlated randomness", reader: "nobody: one share alone is noise" },
    credit: { what: "word that dealt masks were taken", reader: "the coordinator" },
    maskkey: { what: "key of the masks of scoring", reader: "the coordinator, who deals them" },
    commit: { what: "keyed hash of rows to be scored", reader: "nobody: it can only be compared" },
    pledge: { what: "hash of what the other must open", reader: "the receiver compares it" },
  },
  zh: {
    psitag: { what: "打乱次序的带密钥 ID 标签", reader: "没有人：协调方只能比较是否相等" },
    psirow: { what: "接收方的哪些行是共有的", reader: "接收方" },
    psisum: { what: "共同次序的带密钥哈希", reader: "接收方与自己的比较" },
    sizes: { what: "行数与列数", reader: "所有人：规模是公开的" },
    opening: {
      what: "一次性掩码遮住的数值",
      reader: "没有人：掩码在协调方，而协调方看不到这条消息",
    },
    deal: { what: "相关随机数的一个份额", reader: "没有人：单个份额只是噪声" },
    credit: { what: "告知随机数已收到", reader: "协调方" },
    maskkey: { what: "打分所用掩码的密钥", reader: "分发掩码的协调方" },
    commit: { what: "待打分行的带密钥哈希", reader: "没有人：只能用来比较" },
    pledge: { what: "对方将公开内容的哈希", reader: "接收方用来核对" },
  },
};

export const isKnown = (kind: string): kind is keyof Kinds => kind in KINDS.en;
