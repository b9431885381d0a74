import { html, type Markup } from "@moongate/text";
import type { Language } from "./words.ts";

/**
 * Chinese for the sentences that the processes write into the ledger and into what they have seen.
 * They are written in English where they arise; `(.+)` is taken over.
 */
const PHRASES: readonly (readonly [english: RegExp, chinese: string])[] = [
  // The ledger: what
  [/^which of its own users are in the joint set$/, "自己的哪些用户在联合样本中"],
  [/^numbers of rows in the other's table$/, "对方表的行数"],
  [/^sizes of both tables and of the joint set$/, "两张表和联合样本的大小"],
  [/^size of the joint set$/, "联合样本的大小"],
  [/^numbers of prepared columns of both sides$/, "双方处理后的列数"],
  [/^validation scores$/, "验证集得分"],
  [/^validation scores after epoch (\d+)$/, "第 $1 轮后的验证集得分"],
  [/^validation scores of (\d+) networks$/, "$1 个网络各自的验证集得分"],
  [/^test scores$/, "测试集得分"],
  [/^embeddings of training rows, one a row and step$/, "训练行的嵌入，每行每步一个"],
  [/^embeddings of validation rows$/, "验证行的嵌入"],
  [/^embeddings of test rows$/, "测试行的嵌入"],
  [/^gradients of the cut layer, one a row and step$/, "切分层的梯度，每行每步一个"],
  // The ledger: why
  [/^the joint model is trained on users that both sides have$/, "联合模型用双方共有的用户训练"],
  [/^sizes are not hidden$/, "不隐藏大小"],
  [/^it intersects keyed tags$/, "由它对带密钥的标签求交"],
  [/^it deals masks of that size$/, "它按这个大小分发掩码"],
  [/^it sees the sizes that it carries$/, "它看得到所转发内容的大小"],
  [/^masks have the size of what they cover$/, "掩码与被遮盖的内容一样大"],
  [/^the halves of the network start from the widths of both$/, "网络的两半按双方的宽度初始化"],
  [/^commerce evaluates the model and uses its predictions$/, "电商方评估模型并使用其预测"],
  [/^both parties audit the coordinator$/, "双方抽查协调方"],
  [/^masks of dealings that were opened and not used$/, "已公开且未使用的分发的掩码"],
  [/^commerce weighs the networks by them$/, "电商方据此为各网络加权"],
  [/^commerce watches the model while it is trained$/, "电商方在训练中观察模型"],
  [
    /^commerce trains its half of the network on them(?:, defended by (.+))?$/,
    "电商方用它训练自己那一半网络",
  ],
  [
    /^media trains its half of the network on them; they tell the labels$/,
    "媒体方用它训练自己那一半网络；它会泄露标签",
  ],
  [
    /^media trains its half of the network on them, defended by (.+)$/,
    "媒体方用它训练自己那一半网络，防护手段：$1",
  ],
  [/^commerce computes the scores of these rows(?:, defended by (.+))?$/, "电商方计算这些行的得分"],
  // What was seen
  [/^who takes part, the plan, widths, numbers of rows$/, "参与方、计划、宽度、行数"],
  [/^TLS records of the parties' own channel$/, "双方自有通道的 TLS 记录"],
  [
    /^keyed hashes of ids, under a key it does not have, in random order$/,
    "ID 的带密钥哈希，它没有密钥，且顺序随机",
  ],
  [/^keys of the masks that it deals for while rows are scored$/, "打分时它所分发掩码的密钥"],
  [/^which dealings the parties open, to audit it$/, "双方为抽查而公开哪些分发"],
  [
    /^random bytes, for a coin that neither party can choose$/,
    "随机字节，用于任何一方都无法选定的抛币",
  ],
  [
    /^keys of the other's masks in dealings that are opened and not used$/,
    "已公开且未使用的分发中对方掩码的密钥",
  ],
  [/^an empty acknowledgement of dealt frames$/, "对已分发帧的空确认"],
  [/^which of its own rows are in the joint set$/, "自己的哪些行在联合样本中"],
  [
    /^the other's ids as points blinded by the other's secret, shuffled$/,
    "对方的 ID，以对方的密钥盲化并打乱",
  ],
  [
    /^a keyed hash of the joint ids in order, to compare with its own$/,
    "联合样本 ID 按序的带密钥哈希，用于核对",
  ],
  [
    /^keyed hashes of the other's rows to be scored and of its share$/,
    "对方待打分行及其份额的带密钥哈希",
  ],
  [
    /^a gradient a row and step, which tells labels unless it is defended$/,
    "每行每步一个梯度；不加防护会泄露标签",
  ],
  [
    /^an embedding a row and step: functions of media's columns$/,
    "每行每步一个嵌入：媒体方各列的函数",
  ],
  [/^size of commerce's table, digest of the plan$/, "电商方表的大小、计划的摘要"],
  [
    /^size of media's table, digest of the plan, what media has seen, its memory and CPU time$/,
    "媒体方表的大小、计划的摘要、媒体方所见、其内存与 CPU 时间",
  ],
  [
    /^commerce's columns and shares under one-time pads: uniform words$/,
    "电商方的列和份额，经一次一密遮盖：均匀随机",
  ],
  [
    /^media's columns and shares under one-time pads, and media's shares of the scores in the ledger$/,
    "媒体方的列和份额，经一次一密遮盖；以及账本所列得分中媒体方的份额",
  ],
  [/^its shares of correlated randomness: uniform words$/, "它的相关随机数份额：均匀随机"],
  [/^frames it has no use for$/, "它用不上的帧"],
  [
    /^a hash of what both opened while they sealed the model, to compare$/,
    "双方封存模型时所公开内容的哈希，用于核对",
  ],
  [/^hashes of what commerce must open, to compare$/, "电商方应公开内容的哈希，用于核对"],
  // Columns that were left out
  [/^constant on the training rows$/, "在训练行上取值不变"],
];

/** A sentence of a process in the reader's language; one without a translation stays English. */
export function phrase(text: string, language: Language): Markup {
  if (language === "en") return html`${text}`;
  const clauses = text.split("; each logit has noise of deviation ");
  const [own = "", deviation] = clauses;
  const found = PHRASES.find(([english]) => english.test(own));
  if (found === undefined) return html`<span lang="en">${text}</span>`;
  const [english, chinese] = found;
  const noise = deviation === undefined ? "" : `；每个对数几率带有标准差 ${deviation} 的噪声`;
  return html`${own.replace(english, chinese)}${noise}`;
}
