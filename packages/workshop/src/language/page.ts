import type { Catalogue } from "./language.ts";

/** The texts around the chapters. */
export interface PageMessages {
  readonly name: string;
  readonly tagline: string;
  readonly other: string;
  readonly chapters: string;
  readonly guess: string;
  readonly locked: string;
  readonly lock: string;
  readonly experiment: string;
  readonly first: string;
  readonly happened: string;
  readonly yourGuess: string;
  readonly right: string;
  readonly notQuite: string;
  readonly home: string;
  readonly deeper: string;
  readonly previous: string;
  readonly next: string;
  readonly real: string;
  readonly differs: string;
  readonly presenter: string;
  readonly notes: string;
  readonly lead: readonly string[];
  readonly answer: string;
  readonly keys: string;
  readonly settings: string;
}

export const PAGE: Catalogue<PageMessages> = {
  en: {
    name: "Moongate workshop",
    tagline: "A whole federation in one browser tab: guess, then watch the real protocol.",
    other: "中文",
    chapters: "Chapters",
    guess: "Your guess, before anything moves",
    locked: "Locked in.",
    lock: "Lock in my guess",
    experiment: "The experiment",
    first: "Lock in a guess first: then the experiment opens.",
    happened: "What happened",
    yourGuess: "You guessed:",
    right: "That is what happened.",
    notQuite: "That is not what happened. Many people guess so.",
    home: "To take home",
    deeper: "Go deeper",
    previous: "Back",
    next: "Next chapter",
    real: "The protocol here is the code of the command line (shares, masks, dealer, matching of users); the attack and the tables are small versions made for this page. Nothing is prepared, and nothing leaves this tab.",
    differs:
      "What differs from a real federation: three workers of this tab stand for three companies, there is no TLS between them, secrets come from a public seed so that a link shows the same run again, and nothing is hidden from you, who own the page.",
    presenter: "Presenter",
    notes: "Presenter's notes",
    lead: [
      "Read the question aloud. Everybody locks in a guess; hands up for each choice.",
      "Ask one person for the reason behind a guess that is not the right one.",
      "Run the experiment. Let somebody say what moves, before you explain it.",
      "Read what happened, then the sentence to take home. About nine minutes in all.",
    ],
    answer: "What happens",
    keys: "Keys: → or Page Down lets the next message go (pace: step by step); n and p turn the chapters. They work in this window too.",
    settings:
      "People, tables and purchases are invented by a generator. Numbers of customers and epochs were chosen so that an experiment takes seconds and shows its point; figures on so few test customers, of one seed, vary by several hundredths, and say nothing about your data.",
  },
  zh: {
    name: "月门工作坊",
    tagline: "一个浏览器标签页里的完整联邦：先猜，再看真实的协议怎么跑。",
    other: "English",
    chapters: "章节",
    guess: "先猜一猜，再开始",
    locked: "已锁定。",
    lock: "锁定我的猜测",
    experiment: "实验",
    first: "请先锁定你的猜测，实验随后打开。",
    happened: "发生了什么",
    yourGuess: "你的猜测：",
    right: "猜对了。",
    notQuite: "结果不是这样。很多人都会这么猜。",
    home: "带走一句话",
    deeper: "深入阅读",
    previous: "上一章",
    next: "下一章",
    real: "这里的协议（份额、掩码、分发者、用户匹配）与命令行是同一份代码；攻击和数据表是为本页写的小型版本。没有预先准备的结果，也没有任何数据离开本页。",
    differs:
      "与真实联邦的不同：三家公司由本页的三个 Worker 扮演，它们之间没有 TLS；为了让同一链接重现同一次运行，密钥由公开的种子导出；页面的主人，也就是你，能看到一切。",
    presenter: "讲者模式",
    notes: "讲者备注",
    lead: [
      "朗读问题。每个人锁定猜测；逐项举手统计。",
      "请一位选了其他答案的人说说理由。",
      "运行实验。先请人说出是什么在动，再作讲解。",
      "念“发生了什么”，再念带走的那句话。全程约九分钟。",
    ],
    answer: "结果是",
    keys: "按键：→ 或 Page Down 放行下一条消息（速度选“单步”）；n 和 p 翻到下一章、上一章。在本窗口按键同样有效。",
    settings:
      "人、数据表和购买记录都由生成器虚构。客户数和训练轮次是为了让实验几秒内完成、把道理演示清楚而选的；测试客户这么少，又只有一个种子，数字会有百分之几的起伏，不能说明你的数据会怎样。",
  },
};
