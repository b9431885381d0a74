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
  },
};
