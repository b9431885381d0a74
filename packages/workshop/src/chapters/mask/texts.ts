import type { Catalogue, ChapterTexts } from "../../language/language.ts";

interface MaskTexts extends ChapterTexts {
  readonly secret: string;
  readonly wheelMask: string;
  readonly wheel: string;
  readonly wheelSays: (value: number, mask: number, sum: number) => string;
  readonly wheelEvery: string;
  readonly ring: string;
  readonly send: string;
  readonly sent: string;
  readonly spreadOf: (words: string) => string;
  readonly reuse: string;
  readonly second: string;
  readonly reuseSend: string;
  readonly reuseSays: string;
  readonly registry: string;
  readonly bigMask: string;
  readonly asWord: string;
  readonly plusMask: string;
  readonly isSent: string;
  readonly bigSays: string;
  readonly pictures: string;
  readonly picturesSay: string;
  readonly firstSent: string;
  readonly secondSent: string;
  readonly ownMasks: string;
  readonly oneMask: string;
}

export const MASK: Catalogue<MaskTexts> = {
  en: {
    title: "A number nobody can read",
    question:
      "You send a customer's spending under a random mask: value + mask, on a ring of 2^64 numbers, where counting starts again at zero. A listener records it. Then you send a second customer's spending under the same mask. What does the listener learn?",
    choices: [
      "From the first message roughly how large the value is; from both, a little more.",
      "From the first message nothing at all; from both, exactly how far the two values are apart.",
      "Nothing from either: the mask is secret.",
    ],
    happened:
      "Under a fresh mask every number of the ring is equally likely, whatever the value: that is not hard to break, there is nothing in it to break. But the same mask on two values cancels in their difference. So every mask of Moongate has a label of its own, and a registry refuses to draw a label twice.",
    home: "A mask used once hides everything; used twice, it hides nothing of the difference.",
    paper: "Shannon, Communication Theory of Secrecy Systems (1949)",
    secret: "Spending (the secret)",
    wheelMask: "Mask",
    wheel: "A small ring first: a wheel of 97",
    wheelSays: (value, mask, sum) =>
      `${String(value)} + ${String(mask)} = ${String(sum)} modulo 97: only ${String(sum)} is sent.`,
    wheelEvery:
      "Drag the hand: every position of the wheel can be reached from every secret, by exactly one mask.",
    ring: "The real ring: 2^64",
    send: "Send it 2,000 times, each time under a fresh mask",
    sent: "The last word sent",
    spreadOf: (words) =>
      `Where ${words} words of the same secret fell on the ring, in 16 equal parts`,
    reuse: "Now break the rule",
    second: "Another customer's spending",
    reuseSend: "Send both under one mask",
    reuseSays: "The listener subtracts the two words and reads the difference:",
    registry:
      "In Moongate nobody gets that far. The registry of masks, asked for a second time, answers:",
    bigMask: "Mask, by its first digits",
    asWord: "the secret as a word",
    plusMask: "plus the mask",
    isSent: "is sent",
    bigSays:
      "Drag the hand, or the slider. The secret is a speck next to zero of this ring; the sum can be anywhere. Amounts have 16 binary places after the point, so 42 is written 2a0000.",
    pictures: "The same with 576 customers each",
    picturesSay:
      "Two groups of customers whose spending, laid out in a square, makes a picture. Every amount is masked with a word of its own, but the second group gets the same words as the first.",
    firstSent: "The first group, as sent",
    secondSent: "The second group, as sent",
    ownMasks: "Their difference, had each its own masks",
    oneMask: "Their difference, under the same masks",
  },
  zh: {
    title: "谁也读不懂的数",
    question:
      "你把一位客户的消费额加上随机掩码后发送：数值 + 掩码，在有 2^64 个数的环上，数到头就回到零。旁听者记下了它。随后你用同一个掩码发送第二位客户的消费额。旁听者知道了什么？",
    choices: [
      "从第一条大致知道数值大小；两条合起来知道得更多一点。",
      "从第一条一无所知；两条合起来，准确知道两个数值相差多少。",
      "都一无所知：掩码是保密的。",
    ],
    happened:
      "使用全新的掩码时，无论原数是多少，环上每个数出现的可能性都相同：不是难以破解，而是里面没有任何可破解的东西。但同一个掩码用在两个数上，相减就消去了。因此月门的每个掩码都有唯一的标签，登记处拒绝同一标签取用两次。",
    home: "掩码用一次，什么都藏得住；用两次，差值一览无余。",
    paper: "香农，《保密系统的通信理论》（1949）",
    secret: "消费额（秘密）",
    wheelMask: "掩码",
    wheel: "先看小环：97 格的转盘",
    wheelSays: (value, mask, sum) =>
      `${String(value)} + ${String(mask)} = ${String(sum)}（模 97）：只发送 ${String(sum)}。`,
    wheelEvery: "拖动指针：从任何秘密出发都能到达转盘上的每一格，而且恰好只有一个掩码能做到。",
    ring: "真正的环：2^64",
    send: "发送 2,000 次，每次用新的掩码",
    sent: "最后发出的数",
    spreadOf: (words) => `同一个秘密的 ${words} 次发送落在环上何处（16 等分）`,
    reuse: "现在违反规则",
    second: "另一位客户的消费额",
    reuseSend: "用同一个掩码发送两者",
    reuseSays: "旁听者把两个数相减，读出差值：",
    registry: "在月门里走不到这一步。第二次索取同一掩码时，登记处回答：",
    bigMask: "掩码（开头几位）",
    asWord: "秘密写成一个字",
    plusMask: "加上掩码",
    isSent: "发送的是",
    bigSays:
      "拖动指针或滑块。在这个环上，秘密只是紧挨着零的一个小点，而相加之后可以落在任何地方。金额保留 16 位二进制小数，所以 42 写作 2a0000。",
    pictures: "两组各 576 位客户，再试一次",
    picturesSay:
      "两组客户的消费额排成方阵，各是一幅图。每个金额都加了自己的掩码，但第二组用的掩码和第一组完全相同。",
    firstSent: "第一组，发送出去的样子",
    secondSent: "第二组，发送出去的样子",
    ownMasks: "两者之差：各用各的掩码",
    oneMask: "两者之差：用了同一批掩码",
  },
};
