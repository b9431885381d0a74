import type { Catalogue, ChapterTexts } from "../../language/language.ts";

interface ProductTexts extends ChapterTexts {
  readonly clock: string;
  readonly deal: string;
  readonly again: string;
  readonly wholeWords: string;
  readonly shares: string;
  readonly sharesSay: string;
  readonly triple: string;
  readonly tripleSays: string;
  readonly openings: string;
  readonly openingsSay: string;
  readonly both: string;
  readonly results: string;
  readonly resultsSay: string;
  readonly modulo: string;
  readonly next: string;
  readonly protocol: string;
  readonly protocolSays: string;
  readonly run: string;
  readonly once: string;
  readonly onceSays: string;
  readonly everyStep: string;
  readonly everyStepSays: string;
  readonly way: string;
  readonly openedBytes: string;
  readonly dealtBytes: string;
  readonly byBeaver: string;
  readonly byProtocol: string;
  readonly cheaper: string;
}

export const PRODUCT: Catalogue<ProductTexts> = {
  en: {
    title: "Multiplying in the dark",
    question:
      "Two numbers are each torn into two shares: media has one half of each, commerce the other, and a half alone is noise. Adding is easy, everybody adds their own halves. But can they multiply the two numbers without anybody learning either?",
    choices: [
      "No: to multiply two numbers, somebody must know them.",
      "Yes: a third party deals random numbers beforehand, and two numbers that say nothing are opened.",
      "Yes: the third party is told both numbers and multiplies them.",
    ],
    happened:
      "The dealer multiplied two random numbers before anybody knew what they would be for. The parties opened only how far their numbers are from the random ones, and that distance is as random as they are. The rest is arithmetic that each does alone. In training, one factor is a column that its owner knows anyway: then it is enough to send it once under a mask, and each product opens half as much or less.",
    home: "Multiply random numbers first, then correct: the correction tells nobody anything.",
    paper: "Beaver, Efficient Multiparty Protocols Using Circuit Randomization (CRYPTO 1991)",
    clock:
      "The real words have 64 bits. On the slips stand their last two hexadecimal digits alone, as a number from 0 to 255: the same sums come out right, and can be done by hand. Everything is modulo 256.",
    deal: "Tear, deal and begin",
    again: "Again, with new random numbers",
    wholeWords: "show all 64 bits",
    shares: "1. Two numbers, each torn in two",
    sharesSay: "a = a₀ + a₁ and b = b₀ + b₁. Neither slip alone says anything.",
    triple: "2. The dealer's triple",
    tripleSays:
      "The dealer knows the random numbers α and β, multiplies them, and tears all three. It has seen neither a nor b.",
    openings: "3. Two numbers are opened",
    openingsSay:
      "Each party sends its halves of a − α and b − β. Both now know δ and ε; the dealer does not see them.",
    both: "Media and commerce",
    results: "4. Each computes alone",
    resultsSay:
      "a · b = δε + δβ + αε + γ, and every term is public or torn. Work one slip out by hand: multiply, add, divide by 256, and keep the remainder.",
    modulo: "(modulo 256)",
    next: "Next slip",
    protocol: "What the protocol really does",
    protocolSays:
      "In training, one factor is private: x is a column of media's own, and only the weight w is shared. Take x = a and w = b.",
    run: "Multiply as a session does",
    once: "Once a session",
    onceSays:
      "Media sends its column under a mask R that the dealer knows. It never sends it again.",
    everyStep: "Every step",
    everyStepSays:
      "Commerce masks its half of the weight with a fresh T and opens w₁ − T to media. The dealer, who knows R and T, deals halves of their product.",
    way: "For one product",
    openedBytes: "Bytes opened",
    dealtBytes: "Bytes dealt",
    byBeaver: "Beaver's triple",
    byProtocol: "private × shared",
    cheaper:
      "With a whole table the gain is larger: what is opened grows with the number of weights, not with the number of rows.",
  },
  zh: {
    title: "黑暗中的乘法",
    question:
      "两个数各被撕成两份：媒体平台各拿一半，电商平台各拿另一半，单独的一半只是噪声。加法很容易，各自把手里的一半相加就行。但双方能不能在谁也不知道这两个数的情况下，把它们相乘？",
    choices: [
      "不能：要把两个数相乘，总得有人知道它们。",
      "能：第三方事先分发随机数，双方只公开两个不含任何信息的数。",
      "能：把两个数都告诉第三方，由它来乘。",
    ],
    happened:
      "分发者早在知道用途之前，就把两个随机数乘好了。双方只公开自己的数与随机数相差多少，而这个差和随机数一样随机。剩下的算术各自独立完成。在训练中，有一个因数是某一方本来就知道的列：只要在掩码下发送一次，此后每次乘法公开的数据就减少一半以上。",
    home: "先乘随机数，再做修正：修正量对谁都不透露任何东西。",
    paper: "Beaver：Efficient Multiparty Protocols Using Circuit Randomization（CRYPTO 1991）",
    clock:
      "真实的数有 64 位。纸条上只写最后两位十六进制数字，换成 0 到 255 的数：等式照样成立，而且可以手算。一切运算都是模 256。",
    deal: "撕开、分发、开始",
    again: "换一批随机数再来",
    wholeWords: "显示全部 64 位",
    shares: "1. 两个数，各撕成两半",
    sharesSay: "a = a₀ + a₁，b = b₀ + b₁。任何一张纸条单独看都毫无意义。",
    triple: "2. 分发者的三元组",
    tripleSays:
      "分发者知道随机数 α 和 β，把它们相乘，再把三个数都撕开。它没有见过 a，也没有见过 b。",
    openings: "3. 公开两个数",
    openingsSay: "双方各自发送 a − α 和 b − β 的一半。现在双方都知道 δ 和 ε，而分发者看不到。",
    both: "媒体平台与电商平台",
    results: "4. 各自计算",
    resultsSay:
      "a · b = δε + δβ + αε + γ，每一项要么公开，要么已经撕开。挑一张纸条亲手算算：先乘后加，除以 256，留下余数。",
    modulo: "（模 256）",
    next: "下一张纸条",
    protocol: "协议实际怎么做",
    protocolSays:
      "训练时有一个因数是私有的：x 是媒体平台自己的一列，只有权重 w 是共享的。这里取 x = a，w = b。",
    run: "像真实会话那样相乘",
    once: "每个会话一次",
    onceSays: "媒体平台把自己的列加上掩码 R 后发送，分发者知道 R。此后不再发送。",
    everyStep: "每一步",
    everyStepSays:
      "电商平台用全新的 T 遮住自己那一半权重，把 w₁ − T 公开给媒体平台。分发者知道 R 和 T，分发它们乘积的两半。",
    way: "一次乘法",
    openedBytes: "公开的字节",
    dealtBytes: "分发的字节",
    byBeaver: "Beaver 三元组",
    byProtocol: "私有 × 共享",
    cheaper: "对整张表，节省更多：公开的数据量随权重的个数增长，而不随行数增长。",
  },
};
