import type { Catalogue, ChapterTexts } from "../../language/language.ts";

interface FederationTexts extends ChapterTexts {
  readonly floor: string;
  readonly federated: string;
  readonly ceiling: string;
  readonly quality: string;
  readonly attack: string;
  readonly leakMasked: string;
  readonly leakBare: string;
  readonly chance: string;
  readonly model: string;
  readonly both: string;
  readonly fingerprint: string;
  readonly summary: (rows: string, frames: string, seconds: string) => string;
}

export const FEDERATION: Catalogue<FederationTexts> = {
  en: {
    title: "The federation, live",
    question:
      "Two platforms train one network on customers they share. Every value that crosses is masked. How good will the joint model be, and how much can media learn of who bought, from everything it receives?",
    choices: [
      "Masks cost accuracy: the joint model falls well short of training on pooled data.",
      "The joint model is as good as with pooled data, and media learns nothing of the labels.",
      "The joint model is as good, but media can tell buyers from the errors it computes with.",
    ],
    happened:
      "The joint model came out where the pooled one did: masks are taken off exactly, so they cost rounding in the last place and no accuracy. Media ranked customers by the errors that crossed, and did no better than a coin. With all masks zero the very same attempt finds the labels: so it is the masks that protect, and not the attacker who is weak.",
    home: "Masked training computes what pooled training computes, and the messages say nothing to anyone who lacks the masks.",
    paper: "Mohassel and Zhang, SecureML (IEEE S&P 2017)",
    floor: "commerce alone",
    federated: "federation",
    ceiling: "pooled data (nobody may)",
    quality: "How good: test AUC",
    attack: "What media makes of the errors it saw: leak AUC",
    leakMasked: "with masks",
    leakBare: "with all masks zero",
    chance: "0.5 is a coin, 1 is every label.",
    model: "The joint model: both shares added up",
    fingerprint: "Its fingerprint, the same wherever this seed runs:",
    both: "Now tick the insecure control and start again: the same attempt, without masks.",
    summary: (rows, frames, seconds) =>
      `${rows} shared customers, ${frames} messages, ${seconds} seconds in this tab.`,
  },
  zh: {
    title: "联邦现场",
    question:
      "两个平台在共有的客户上训练同一个网络，所有传输的数值都加了掩码。联合模型会有多好？媒体平台从它收到的一切中，能看出多少“谁买了”？",
    choices: [
      "掩码会损失精度：联合模型明显不如汇总数据训练的模型。",
      "联合模型与汇总数据训练的一样好，媒体平台对标签一无所知。",
      "联合模型一样好，但媒体平台能从参与计算的误差中认出买家。",
    ],
    happened:
      "联合模型与汇总训练的结果相当：掩码会被精确消去，只影响最后一位的舍入，不损失精度。媒体平台按经过它的误差给客户排序，效果与抛硬币无异。把掩码全部设为零，同样的做法就能读出标签：起保护作用的是掩码，而不是攻击者太弱。",
    home: "掩码训练算出的就是汇总训练的结果；没有掩码的人，从消息里什么也读不到。",
    paper: "Mohassel 与 Zhang，SecureML（IEEE S&P 2017）",
    floor: "仅电商平台",
    federated: "联邦",
    ceiling: "汇总数据（现实中不允许）",
    quality: "模型好坏：测试集 AUC",
    attack: "媒体平台从所见误差得到什么：泄漏 AUC",
    leakMasked: "有掩码",
    leakBare: "掩码全为零",
    chance: "0.5 等于抛硬币，1 表示读出所有标签。",
    model: "联合模型：两个份额相加",
    fingerprint: "它的指纹，同一个种子在哪里运行都相同：",
    both: "现在勾选“不安全对照”再启动一次：同样的攻击，没有掩码。",
    summary: (rows, frames, seconds) =>
      `${rows} 位共有客户，${frames} 条消息，在本页用时 ${seconds} 秒。`,
  },
};
