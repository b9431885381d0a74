import type { Catalogue, ChapterTexts } from "../../language/language.ts";
import type { Fence } from "./fence.ts";

interface FencesTexts extends ChapterTexts {
  readonly table: string;
  readonly begin: string;
  readonly working: string;
  readonly ready: string;
  readonly bare: string;
  readonly floor: string;
  readonly leak: string;
  readonly auc: string;
  readonly fence: string;
  readonly height: string;
  readonly names: Readonly<Record<Fence, string>>;
  readonly about: Readonly<Record<Fence, string>>;
  readonly byAttack: string;
  readonly attacks: Readonly<Record<string, string>>;
  readonly proof: string;
  readonly proven: Readonly<Record<"training" | "release" | "none", string>>;
  readonly noise: string;
}

export const FENCES_TEXTS: Catalogue<FencesTexts> = {
  en: {
    title: "Fences",
    question:
      "In split learning the gradients that media receives tell it who bought. Commerce can put a fence around them before they leave: add noise, shape the noise, lie about some labels, or hold back all but the largest numbers. Which fence brings the leak down to a coin toss and costs no accuracy?",
    choices: [
      "Holding back nine numbers in ten: what does not cross cannot leak.",
      "A little noise on everything: learning averages it out, the attacker cannot.",
      "None: each fence that stops the leak costs accuracy, and how much to pay is a choice.",
    ],
    happened:
      "The numbers that sparsification lets through are the large ones, and they belong to the buyers: the leak hardly moves. Plain noise must be as large as the gradients themselves before it hides them. Marvell shapes its noise so that the two classes look alike, and gets farther for the same price. Only randomised response comes with a proof for the whole training, and it pays for it in accuracy. None reaches the upper left corner: that takes another protocol, not a higher fence.",
    home: "A fence trades accuracy for privacy; ask what the attack still finds, not how much noise was added.",
    paper:
      "Li et al., Label Leakage and Protection in Two-party Split Learning (ICLR 2022, arXiv 2102.08504)",
    table:
      "1,200 customers to learn from, some 2,500 to test on. Each time you move a slider, a whole split network is trained in this tab and attacked in three ways by what media received.",
    begin: "Train without any fence",
    working: "Training and attacking…",
    ready: "Move the slider: the dot moves once a training has ended.",
    bare: "no fence",
    floor: "commerce alone",
    leak: "leak AUC",
    auc: "test AUC",
    fence: "Fence",
    height: "How high",
    names: {
      gaussian: "noise",
      marvell: "Marvell",
      "randomised-response": "randomised response",
      sparsification: "sparsification",
    },
    about: {
      gaussian:
        "Each row's gradient is cut to length 1 and gets Gaussian noise: the multiplier is its deviation.",
      marvell: "Noise shaped by the two classes, so that they look as alike as its power s allows.",
      "randomised-response":
        "Before training, each label is kept with probability e^ε / (e^ε + 1) and turned round otherwise. A small ε is a high fence.",
      sparsification:
        "Numbers below this share of the magnitudes stay back, and are added to the row's next ones.",
    },
    byAttack: "By attack",
    attacks: { norm: "length", direction: "direction", spectral: "spectrum" },
    proof: "Proven",
    proven: { training: "for the whole training", release: "for one message", none: "nothing" },
    noise:
      "Test AUC here is good to about ±0.02: dots that close are not apart. The lab measures over many seeds.",
  },
  zh: {
    title: "围栏",
    question:
      "在拆分学习中，媒体平台收到的梯度会告诉它谁买了。电商平台可以在梯度发出之前围上一道围栏：加噪声、加特制的噪声、把一部分标签说反，或者只放最大的数出去。哪一种围栏能把泄漏降到抛硬币的水平，又不损失精度？",
    choices: [
      "十个数扣下九个：没有发出去的东西不会泄漏。",
      "给所有数都加一点噪声：学习时会平均掉，攻击者却平均不掉。",
      "没有：凡是能挡住泄漏的围栏都要付出精度，付多少是一种取舍。",
    ],
    happened:
      "稀疏化放出去的恰恰是大数，而大数属于买家：泄漏几乎不变。普通噪声要大到与梯度本身相当，才遮得住。Marvell 按两类的差别塑造噪声，让它们看起来相似，同样的代价能走得更远。只有随机应答对整个训练有证明，而它用精度来支付。没有哪一种能到达左上角：那需要换一种协议，而不是更高的围栏。",
    home: "围栏是用精度换隐私；要问攻击还能找到多少，而不是加了多少噪声。",
    paper:
      "Li 等：Label Leakage and Protection in Two-party Split Learning（ICLR 2022，arXiv 2102.08504）",
    table:
      "1,200 位客户用于学习，约 2,500 位用于测试。每移动一次滑块，本页都会完整训练一个拆分网络，并用媒体平台收到的内容做三种攻击。",
    begin: "先不设围栏，训练一次",
    working: "正在训练和攻击……",
    ready: "移动滑块：训练结束后，圆点就会移动。",
    bare: "无围栏",
    floor: "仅电商平台",
    leak: "泄漏 AUC",
    auc: "测试 AUC",
    fence: "围栏",
    height: "有多高",
    names: {
      gaussian: "噪声",
      marvell: "Marvell",
      "randomised-response": "随机应答",
      sparsification: "稀疏化",
    },
    about: {
      gaussian: "每一行的梯度先裁剪到长度 1，再加高斯噪声；multiplier 是噪声的标准差。",
      marvell: "按两类的差别塑造噪声，在强度 s 之内让两类尽量相似。",
      "randomised-response":
        "训练之前，每个标签以 e^ε / (e^ε + 1) 的概率保持不变，否则翻转。ε 越小，围栏越高。",
      sparsification: "绝对值排在这个比例以下的数先扣下，累加到该行的下一次梯度里。",
    },
    byAttack: "各种攻击",
    attacks: { norm: "长度", direction: "方向", spectral: "谱" },
    proof: "有无证明",
    proven: { training: "整个训练", release: "单条消息", none: "没有" },
    noise: "这里的测试 AUC 精确到约 ±0.02：相距这么近的点不能算有差别。实验室会用许多种子来测量。",
  },
};
