import type { Catalogue, ChapterTexts } from "../../language/language.ts";

interface OverlapTexts extends ChapterTexts {
  readonly list: string;
  readonly hashed: string;
  readonly crackPlain: string;
  readonly tried: (tried: string, found: number, of: number) => string;
  readonly seen: string;
  readonly number: string;
  readonly keyed: string;
  readonly keyedSays: string;
  readonly align: string;
  readonly crackKeyed: string;
  readonly learns: (media: number, commerce: number, matched: number) => string;
  readonly shared: string;
  readonly more: (count: number) => string;
}

export const OVERLAP: Catalogue<OverlapTexts> = {
  en: {
    title: "Who do we share?",
    question:
      "To train together, two platforms must find the customers they share, without showing the others. Media proposes to send SHA-256 hashes of phone numbers: nobody can invert SHA-256. Is that safe?",
    choices: [
      "Yes: a hash cannot be turned back.",
      "No: whoever receives the hashes tries all numbers and finds them.",
      "Nearly: a supercomputer would need years.",
    ],
    happened:
      "Nobody inverts the hash. One simply hashes every phone number that can be, and compares. Here the first six digits were known and 100,000 numbers were left, which took this tab moments; all numbers of an operator are a thousand times as many, which a patient computer tries as well. A tag under a key that only the two platforms have cannot be tried out: whoever compares tags does not know the key. What remains visible is how many customers there are, and each platform learns which of its own are shared: that, too, is information, and the hidden alignment of Moongate keeps even that back.",
    home: "Hashing a guessable value hides nothing; a key does.",
    paper:
      "Kamara, Mohassel, Raykova and Sadeghian, Scaling Private Set Intersection to Billion-Element Sets (2014)",
    list: "Media's customers, which nobody else should see",
    hashed: "Plain hashes",
    crackPlain: "Try every number",
    tried: (tried, found, of) => `${tried} numbers tried, ${String(found)} of ${String(of)} found.`,
    seen: "Seen on the wire",
    number: "Found",
    keyed: "Keyed tags",
    keyedSays:
      "Both platforms derive a key that the coordinator does not have, tag their numbers with it, shuffle, and send the tags to the coordinator, which only compares.",
    align: "Align with keyed tags",
    crackKeyed: "Let the coordinator try every number",
    learns: (media, commerce, matched) =>
      `The coordinator counts ${String(media)} tags of media, ${String(commerce)} of commerce, and ${String(matched)} pairs. Both mixed in the same 64 invented customers: a coordinator that leaves out matches would leave out some of those, and be found out.`,
    more: (count) => `and ${String(count)} more`,
    shared: "Media learns which of its own are shared:",
  },
  zh: {
    title: "我们共有哪些客户？",
    question:
      "要一起训练，两个平台必须找出共有的客户，又不能亮出其余的。媒体平台提议发送手机号的 SHA-256 哈希：没有人能把 SHA-256 反推回去。这样安全吗？",
    choices: [
      "安全：哈希无法反推。",
      "不安全：收到哈希的人把号码都试一遍，就能找出来。",
      "差不多安全：超级计算机也要算上几年。",
    ],
    happened:
      "没有人去反推哈希。把所有可能的号码都算一遍哈希，再比较即可。这里已知前六位，只剩 100,000 个号码，本页片刻就算完；一家运营商的全部号码约为其一千倍，有耐心的电脑同样能试完。而用只有两个平台持有的密钥做的标签无从试起：比较标签的人不知道密钥。仍然可见的是客户的数量，并且每个平台会知道自己的哪些客户是共有的：这本身也是信息，月门的隐藏对齐连这一点也不透露。",
    home: "对猜得到的值做哈希，什么也藏不住；密钥才行。",
    paper:
      "Kamara、Mohassel、Raykova、Sadeghian：Scaling Private Set Intersection to Billion-Element Sets（2014）",
    list: "媒体平台的客户，不应被别人看到",
    hashed: "普通哈希",
    crackPlain: "试遍所有号码",
    tried: (tried, found, of) =>
      `已试 ${tried} 个号码，从 ${String(of)} 条中找出 ${String(found)} 条。`,
    seen: "线路上看到的",
    number: "还原出",
    keyed: "带密钥的标签",
    keyedSays:
      "两个平台导出协调方没有的密钥，用它给号码打标签，打乱次序后交给协调方，协调方只做比较。",
    align: "用带密钥的标签对齐",
    crackKeyed: "让协调方试遍所有号码",
    learns: (media, commerce, matched) =>
      `协调方数出：媒体平台 ${String(media)} 个标签，电商平台 ${String(commerce)} 个，其中 ${String(matched)} 对相同。双方都混入了同样的 64 位虚构客户：协调方若漏报匹配，就会漏掉其中一些，从而被发现。`,
    more: (count) => `还有 ${String(count)} 条`,
    shared: "媒体平台知道自己的哪些客户是共有的：",
  },
};
