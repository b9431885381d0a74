import type { Catalogue, ChapterTexts } from "../../language/language.ts";

interface SineTexts extends ChapterTexts {
  readonly circle: string;
  readonly secret: string;
  readonly mask: string;
  readonly wheelSays: (secret: number, mask: number, opened: string) => string;
  readonly public: string;
  readonly dealt: string;
  readonly real: string;
  readonly realSays: string;
  readonly run: string;
  readonly again: string;
  readonly share: string;
  readonly crosses: string;
  readonly together: string;
  readonly apart: (apart: string, opened: string, dealt: string) => string;
  readonly layer: string;
  readonly layerSays: string;
  readonly units: string;
  readonly runLayer: string;
  readonly layerPlot: string;
}

export const SINE: Catalogue<SineTexts> = {
  en: {
    title: "A sine in one round",
    question:
      "A network needs a curve between its layers; with straight lines alone it learns straight lines. Two parties have a number in shares, and what they open is the number plus a mask. How many exchanges of messages does it take to have a curve of the hidden number, still in shares?",
    choices: [
      "It cannot be done: a curve of a masked number says nothing of the number.",
      "One exchange, if the curve is a sine.",
      "A dozen or more, bit by bit, whatever the curve.",
    ],
    happened:
      "A sine comes off its mask by what everybody learned at school: sin(c − r) = sin c · cos r − cos c · sin r. The angle c = u + r is public and tells nothing; the sine and cosine of the mask r are dealt in halves; and the rest is multiplying by public numbers. That the sum wraps around does no harm, since the sine does not notice whole turns. Other curves, such as ReLU, ask whether a number is positive, and a masked number does not say: that takes many exchanges. So the hidden layer of Moongate's network is made of sines.",
    home: "A function that repeats can be taken off its mask in one exchange: choose the network for the protocol.",
    paper:
      "Boura, Chillotti, Gama, Jetchev, Peceny and Petric, High-Precision Privacy-Preserving Real-Valued Function Evaluation (Financial Cryptography 2018)",
    circle: "One angle, and a mask to drag",
    secret: "Secret angle u",
    mask: "Mask r",
    wheelSays: (secret, mask, opened) =>
      `${String(secret)}° + ${String(mask)}° = ${opened}: only ${opened} is opened. Drag it around: the last two lines stay the same.`,
    public: "everybody knows",
    dealt: "dealt in halves",
    real: "The real thing, on 97 numbers at once",
    realSays:
      "Numbers from −1.5 to 1.5 turns, torn into shares. Media, commerce and the dealer run the protocol's own operation on them.",
    run: "Run one exchange",
    again: "Again, under new masks",
    share: "What media holds: its half of each number",
    crosses: "What crosses: each number plus its mask",
    together: "Both results added up (dots), and the exact sine (line)",
    apart: (apart, opened, dealt) =>
      `Farthest from the exact curve: ${apart}. One exchange, ${opened} bytes opened, ${dealt} bytes dealt.`,
    layer: "A hidden layer: sines added up",
    layerSays:
      "Each hidden unit is one sine with a weight, shared as well. With more units the sum takes any shape: here a step, such as “buys from a certain point on”. Still one exchange, also with the weights on top.",
    units: "Hidden units",
    runLayer: "Compute the layer",
    layerPlot: "The layer's answer from shares (dots), and in the clear (line)",
  },
  zh: {
    title: "一轮算出正弦",
    question:
      "神经网络的层与层之间需要曲线，只有直线就只能学到直线。双方各持一个数的份额，公开的只是这个数加上掩码。要得到这个隐藏数的某条曲线的值（结果仍是份额），需要交换几轮消息？",
    choices: [
      "做不到：加了掩码的数的曲线值，与原数毫无关系。",
      "一轮，只要曲线是正弦。",
      "十几轮以上，一位一位地算，什么曲线都一样。",
    ],
    happened:
      "正弦可以用中学公式从掩码下取出来：sin(c − r) = sin c · cos r − cos c · sin r。角度 c = u + r 是公开的，什么也不透露；掩码 r 的正弦和余弦由分发者撕成两半分发；剩下的只是乘以公开的数。相加超过一圈也无妨，因为正弦察觉不到整圈。其他曲线（如 ReLU）要问一个数是不是正数，而加了掩码的数不会告诉你，这就需要许多轮。所以月门网络的隐藏层由正弦组成。",
    home: "周期函数只要一轮就能从掩码下取出来：让网络去适应协议。",
    paper:
      "Boura、Chillotti、Gama、Jetchev、Peceny、Petric：High-Precision Privacy-Preserving Real-Valued Function Evaluation（Financial Cryptography 2018）",
    circle: "一个角度，一个可以拖动的掩码",
    secret: "秘密角度 u",
    mask: "掩码 r",
    wheelSays: (secret, mask, opened) =>
      `${String(secret)}° + ${String(mask)}° = ${opened}：只公开 ${opened}。拖着它转一圈：最后两行始终不变。`,
    public: "人人知道",
    dealt: "撕成两半分发",
    real: "真实的运算，一次 97 个数",
    realSays: "从 −1.5 圈到 1.5 圈的数，各撕成两份。媒体平台、电商平台和分发者执行协议本身的运算。",
    run: "交换一轮",
    again: "换新的掩码再来",
    share: "媒体平台手里的：每个数的一半",
    crosses: "线路上传送的：每个数加上掩码",
    together: "两份结果相加（点）与精确的正弦（线）",
    apart: (apart, opened, dealt) =>
      `与精确曲线的最大偏差：${apart}。一轮交换，公开 ${opened} 字节，分发 ${dealt} 字节。`,
    layer: "隐藏层：正弦相加",
    layerSays:
      "每个隐藏单元是一个带权重的正弦，权重同样是共享的。单元越多，相加后越能变成任何形状：这里是一个台阶，比如“超过某一点就会购买”。连同上面的权重，仍然只要一轮。",
    units: "隐藏单元数",
    runLayer: "计算这一层",
    layerPlot: "由份额算出的结果（点）与明文结果（线）",
  },
};
