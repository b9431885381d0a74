import type { Catalogue, ChapterTexts } from "../../language/language.ts";

interface SafeTexts extends ChapterTexts {
  readonly intro: string;
  readonly train: string;
  readonly training: string;
  readonly sort: string;
  readonly customer: string;
  readonly length: string;
  readonly mark: string;
  readonly check: string;
  readonly bought: string;
  readonly not: string;
  readonly yours: (right: number, of: number) => string;
  readonly machine: (steps: string, bytes: string) => string;
  readonly chance: string;
  readonly attacks: Readonly<Record<string, string>>;
}

export const SAFE: Catalogue<SafeTexts> = {
  en: {
    title: "Split learning looks safe",
    question:
      "In split learning nobody sends data: media sends what its half of a network makes of a customer, and commerce sends back a gradient, so that media's half can learn. Labels never leave commerce. How much can media tell of who bought?",
    choices: [
      "Nothing: gradients are only directions for the network.",
      "A little better than a coin, after much training.",
      "Nearly everything, with a ruler: buyers have longer gradients.",
    ],
    happened:
      "The gradient of a customer is the error of the prediction, p − y, passed back through the network. Few customers buy, so p is small for all: the error of a buyer is close to −1, that of everybody else close to 0. The length of the gradient is the label. You sorted a dozen customers by eye; the attacks of the lab sort all of them, in every step.",
    home: "A gradient of one customer is that customer's label, written in another alphabet.",
    paper: "Li et al., Label Leakage and Protection in Two-Party Split Learning (ICLR 2022)",
    intro:
      "Split learning as the command line has it, on invented customers: 1,200 to learn from, in batches.",
    train: "Train the two halves",
    training: "The halves are being trained …",
    sort: "Twelve customers of one batch, as media sees them. Three bought. Mark them.",
    customer: "Customer",
    length: "Length of the gradient",
    mark: "bought?",
    check: "Check",
    bought: "bought",
    not: "did not buy",
    yours: (right, of) => `You found ${String(right)} of ${String(of)} buyers.`,
    machine: (steps, bytes) =>
      `The machine, over ${steps} steps and ${bytes} bytes that crossed: leak AUC`,
    chance: "0.5 is a coin, 1 is every label.",
    attacks: {
      norm: "length of the gradient",
      direction: "direction of the gradient",
      spectral: "strongest direction of a batch",
    },
  },
  zh: {
    title: "拆分学习看上去很安全",
    question:
      "在拆分学习中没有人发送数据：媒体平台发送它那半个网络对客户的计算结果，电商平台发回梯度，好让那半个网络继续学习。标签从不离开电商平台。媒体平台能看出多少“谁买了”？",
    choices: [
      "看不出：梯度只是调整网络的方向。",
      "训练很久之后，比抛硬币略好一点。",
      "几乎全部，用尺子量就行：买家的梯度更长。",
    ],
    happened:
      "一位客户的梯度，就是预测误差 p − y 经网络传回来的结果。买的人少，所以 p 对所有人都很小：买家的误差接近 −1，其他人的接近 0。梯度的长度就是标签。你用肉眼分出了十二位客户；实验室的攻击在每一步里分出所有人。",
    home: "单个客户的梯度就是他的标签，只是换了一种写法。",
    paper: "Li 等，Label Leakage and Protection in Two-Party Split Learning（ICLR 2022）",
    intro: "与命令行相同的拆分学习，客户为虚构：用 1,200 位客户分批训练。",
    train: "训练两个半边网络",
    training: "正在训练……",
    sort: "同一批中的十二位客户，这是媒体平台看到的样子。其中三位买了，请标出来。",
    customer: "客户",
    length: "梯度的长度",
    mark: "买了？",
    check: "核对",
    bought: "买了",
    not: "没买",
    yours: (right, of) => `你找出了 ${String(of)} 位买家中的 ${String(right)} 位。`,
    machine: (steps, bytes) => `机器的结果（共 ${steps} 步，传输 ${bytes} 字节）：泄漏 AUC`,
    chance: "0.5 等于抛硬币，1 表示读出所有标签。",
    attacks: {
      norm: "梯度的长度",
      direction: "梯度的方向",
      spectral: "一批之中最强的方向",
    },
  },
};
