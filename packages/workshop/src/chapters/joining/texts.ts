import type { Joining } from "@moongate/campaign";
import type { Catalogue, ChapterTexts } from "../../language/language.ts";
import type { Way } from "./worth.ts";

interface JoiningTexts extends ChapterTexts {
  readonly table: string;
  readonly measure: string;
  readonly working: string;
  readonly budget: string;
  readonly value: string;
  readonly fixed: string;
  readonly mostLeak: string;
  readonly mostBytes: string;
  readonly way: string;
  readonly ways: Readonly<Record<Way, string>>;
  readonly auc: string;
  readonly leak: string;
  readonly megabytes: string;
  readonly orders: string;
  readonly money: string;
  readonly verdict: string;
  readonly verdicts: Readonly<Record<Joining["verdict"], string>>;
  readonly star: string;
  readonly choose: string;
  readonly name: string;
  readonly sign: string;
  readonly memo: string;
  readonly memoSays: (way: string, name: string) => string;
  readonly codeSays: string;
  readonly room: string;
  readonly paste: string;
  readonly unread: (count: number) => string;
}

export const JOINING: Catalogue<JoiningTexts> = {
  en: {
    title: "Is joining worth it?",
    question:
      "You decide for commerce. A joint model finds more buyers for the same advertising money; but joining costs work, sends data back and forth, and may tell media who bought. What decides whether it is worth it?",
    choices: [
      "The model's accuracy: the best AUC wins.",
      "Leak, accuracy, bytes and money together, and how sure one is of the gain.",
      "Privacy alone: whatever leaks least wins.",
    ],
    happened:
      "There is no single answer, only one for a budget. Split learning is cheap and learns well, and hands over the labels. Its fences sell accuracy. The masked protocol keeps both and pays in bytes, which cost less than an hour of anybody's work. And a gain whose interval reaches zero is not yet a gain: then the honest memo says that more rows are needed, or that commerce stays alone.",
    home: "Decide with four numbers and an interval: what leaks, what is learnt, what is sent, what is earned.",
    paper:
      "Fu et al., Label Inference Attacks Against Vertical Federated Learning (USENIX Security 2022)",
    table:
      "The table of the fences: 1,200 customers to learn from, some 2,400 to test on. All five ways are trained on it now, in this tab.",
    measure: "Measure all five ways",
    working: "Training, attacking and counting…",
    budget: "Your budget",
    value: "What one conversion leaves",
    fixed: "What joining costs in work",
    mostLeak: "Most leak AUC that you allow",
    mostBytes: "Most megabytes that you allow",
    way: "Way",
    ways: {
      alone: "stay alone",
      split: "split learning, bare",
      marvell: "split with Marvell",
      response: "split with randomised response",
      masked: "masked",
    },
    auc: "test AUC",
    leak: "leak AUC",
    megabytes: "MB",
    orders: "orders",
    money: "money, costs off",
    verdict: "Verdict",
    verdicts: {
      "too few": "too few to tell",
      "suspect column": "suspect column",
      pays: "pays",
      "does not pay": "does not pay",
      "not shown to pay": "better, not shown to pay",
      "no gain shown": "no gain shown",
      "not told": "not told",
    },
    star: "Bold: over your budget. * What media sees is uniform; its attempt on it is run in the chapter “The federation, live”. The result here is that of the plaintext twin, and the bytes are those that the operations declare. A budget of 10,000 for clicks at 0.50 each is taken.",
    choose: "Your decision",
    name: "Your name or table",
    sign: "Sign the memo",
    memo: "Memo",
    memoSays: (way, name) => `We choose: ${way}. Signed: ${name}.`,
    codeSays: "Your code, to paste into the room's chat:",
    room: "Compare with the room",
    paste: "Paste everybody's codes here, one after the other",
    unread: (count) => `${String(count)} pasted words are no codes of this page.`,
  },
  zh: {
    title: "加入联邦值得吗？",
    question:
      "你替电商平台做决定。联合模型用同样的广告费能找到更多买家；但加入要花人力，要来回传数据，还可能让媒体平台知道谁买了。值不值得，由什么决定？",
    choices: [
      "模型的精度：AUC 最高者胜出。",
      "泄漏、精度、字节和金钱一起看，还要看对收益有多大把握。",
      "只看隐私：泄漏最少者胜出。",
    ],
    happened:
      "没有唯一的答案，只有某个预算之下的答案。拆分学习便宜，学得也好，却把标签拱手送出。各种围栏是在出售精度。掩码协议两者都保住，用字节来支付，而这些字节比任何人一小时的工时还便宜。如果收益的区间碰到零，那还不算收益：诚实的备忘录会写，需要更多数据，或者电商平台继续单干。",
    home: "用四个数和一个区间来决定：泄漏多少、学到多少、传了多少、赚了多少。",
    paper:
      "Fu 等：Label Inference Attacks Against Vertical Federated Learning（USENIX Security 2022）",
    table:
      "沿用“围栏”一章的数据：1,200 位客户用于学习，约 2,400 位用于测试。五种做法现在就在本页逐一训练。",
    measure: "测量五种做法",
    working: "正在训练、攻击、计数……",
    budget: "你的预算",
    value: "一次转化的净利",
    fixed: "加入所需的人力成本",
    mostLeak: "最多容许的泄漏 AUC",
    mostBytes: "最多容许的兆字节数",
    way: "做法",
    ways: {
      alone: "单干",
      split: "拆分学习，无围栏",
      marvell: "拆分学习 + Marvell",
      response: "拆分学习 + 随机应答",
      masked: "掩码协议",
    },
    auc: "测试 AUC",
    leak: "泄漏 AUC",
    megabytes: "兆字节（MB）",
    orders: "订单数",
    money: "扣除成本后的钱",
    verdict: "结论",
    verdicts: {
      "too few": "数据太少，无法判断",
      "suspect column": "有可疑的列",
      pays: "划算",
      "does not pay": "不划算",
      "not shown to pay": "模型更好，但未证明划算",
      "no gain shown": "未显示有收益",
      "not told": "无法判断",
    },
    star: "粗体：超出你的预算。* 媒体平台看到的是均匀分布的数；它的攻击尝试在“联邦现场”一章里运行。这里的结果来自明文对照程序，字节数是各运算声明的数量。广告预算按 10,000、每次点击 0.50 计算。",
    choose: "你的决定",
    name: "你的名字或桌号",
    sign: "签署备忘录",
    memo: "备忘录",
    memoSays: (way, name) => `我们选择：${way}。签名：${name}。`,
    codeSays: "你的代码，可以贴到会议聊天里：",
    room: "与全场比较",
    paste: "把大家的代码逐个贴在这里",
    unread: (count) => `有 ${String(count)} 段文字不是本页的代码。`,
  },
};
