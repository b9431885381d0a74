import type { Catalogue } from "../language/language.ts";

/** The texts of the stage. */
export interface StageMessages {
  readonly media: string;
  readonly commerce: string;
  readonly coordinator: string;
  readonly mediaHolds: string;
  readonly commerceHolds: string;
  readonly coordinatorHolds: string;
  readonly start: string;
  readonly again: string;
  readonly pace: string;
  readonly run: string;
  readonly slow: string;
  readonly step: string;
  readonly nextFrame: string;
  readonly viewAs: string;
  readonly network: string;
  readonly all: string;
  readonly frames: string;
  readonly waiting: string;
  readonly inspector: string;
  readonly pick: string;
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly bytes: string;
  readonly opens: string;
  readonly hidden: string;
  readonly digits: string;
  readonly firstBytes: string;
  readonly ledger: string;
  readonly ledgerNone: string;
  readonly control: string;
  readonly progress: string;
  readonly wires: string;
  readonly byteCount: string;
  readonly numbered: (place: string) => string;
  readonly evenLine: string;
  readonly table: (rows: string, columns: number) => string;
  readonly buyers: (count: string) => string;
  readonly unseen: string;
  readonly noTable: string;
  readonly curve: string;
  readonly floor: string;
  readonly federated: string;
  readonly ceiling: string;
}

export const STAGE: Catalogue<StageMessages> = {
  en: {
    media: "Media",
    commerce: "Commerce",
    coordinator: "Coordinator",
    mediaHolds: "what people watch, and one share of the model",
    commerceHolds: "what people buy, who converted, and the other share",
    coordinatorHolds: "the masks, and no data",
    start: "Start the federation",
    again: "Again",
    pace: "Pace",
    run: "run",
    slow: "slower",
    step: "step by step",
    nextFrame: "Next message",
    viewAs: "View as",
    network: "the network",
    all: "all-seeing",
    frames: "messages",
    waiting: "waits for you",
    inspector: "Messages, the latest first",
    pick: "Choose a message to look inside.",
    from: "From",
    to: "To",
    kind: "Kind",
    bytes: "Bytes",
    opens: "Who can read it",
    hidden: "You look with eyes that see only that a message passed, and how long it was.",
    digits: "How often each hexadecimal digit begins a byte",
    firstBytes: "The first bytes",
    ledger: "The ledger: everything opened on purpose",
    ledgerNone: "Nothing yet.",
    control: "Insecure control: all masks zero",
    progress: "Progress",
    wires:
      "The wires between media, commerce and the coordinator, with the latest messages on them",
    byteCount: "bytes",
    numbered: (place) => `message ${place} on this wire`,
    evenLine: "The dashed line is where noise would be.",
    table: (rows, columns) => `${rows} customers, ${String(columns)} columns. The first customer:`,
    buyers: (count) => `${count} customers bought`,
    unseen: "not to be seen from here",
    noTable: "It deals masks to both sides, and sees neither table nor openings.",
    curve: "AUC on validation customers, by epoch",
    floor: "commerce alone",
    federated: "federation",
    ceiling: "pooled data",
  },
  zh: {
    media: "媒体平台",
    commerce: "电商平台",
    coordinator: "协调方",
    mediaHolds: "用户看了什么，以及模型的一个份额",
    commerceHolds: "用户买了什么、谁转化了，以及另一个份额",
    coordinatorHolds: "只有掩码，没有数据",
    start: "启动联邦",
    again: "再来一次",
    pace: "速度",
    run: "连续",
    slow: "慢速",
    step: "单步",
    nextFrame: "下一条消息",
    viewAs: "以谁的视角",
    network: "网络旁观者",
    all: "全知视角",
    frames: "条消息",
    waiting: "等你放行",
    inspector: "消息（最新在前）",
    pick: "选择一条消息，看看里面。",
    from: "发送方",
    to: "接收方",
    kind: "类型",
    bytes: "字节数",
    opens: "谁能读懂",
    hidden: "以这个视角，你只能看到有一条消息经过，以及它有多长。",
    digits: "每个十六进制数字作为字节首位的次数",
    firstBytes: "开头的字节",
    ledger: "披露账本：所有有意公开的内容",
    ledgerNone: "还没有。",
    control: "不安全对照：所有掩码为零",
    progress: "进度",
    wires: "媒体平台、电商平台与协调方之间的线路，以及线路上最近的消息",
    byteCount: "字节",
    numbered: (place) => `这条线路上的第 ${place} 条`,
    evenLine: "虚线是纯噪声会落到的高度。",
    table: (rows, columns) => `${rows} 位客户，${String(columns)} 列。第一位客户：`,
    buyers: (count) => `${count} 位客户购买了`,
    unseen: "从这个视角看不到",
    noTable: "它向双方分发掩码，既看不到数据表，也看不到打开的数值。",
    curve: "验证客户上的 AUC（按训练轮次）",
    floor: "仅电商平台",
    federated: "联邦",
    ceiling: "汇总数据",
  },
};
