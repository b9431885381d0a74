/** Axes, keys and captions of the charts. */
export const CHART_WORDS = {
  "who.alone": { en: "commerce alone", zh: "电商方单独" },
  "who.joint": { en: "joint", zh: "联合" },
  "who.pooled": { en: "pooled (ceiling)", zh: "数据集中（上限）" },
  "who.best": { en: "best possible", zh: "理论最优" },
  "axis.auc": { en: "AUC on test users", zh: "测试用户上的 AUC" },
  "axis.validation-auc": { en: "AUC on validation users", zh: "验证用户上的 AUC" },
  "axis.epoch": { en: "epoch", zh: "训练轮次" },
  "axis.false-positives": { en: "false positives (%)", zh: "假正率（%）" },
  "axis.true-positives": { en: "true positives (%)", zh: "真正率（%）" },
  "axis.reached": {
    en: "users reached, best-scored first (%)",
    zh: "按得分从高到低触达的用户（%）",
  },
  "axis.found": { en: "conversions found (%)", zh: "覆盖的转化（%）" },
  "axis.score": { en: "predicted probability", zh: "预测概率" },
  "axis.predicted": { en: "predicted (%)", zh: "预测转化率（%）" },
  "axis.observed": { en: "converted (%)", zh: "实际转化率（%）" },
  "axis.seconds": { en: "seconds", zh: "秒" },
  "axis.bytes": { en: "bytes, logarithmic", zh: "字节（对数刻度）" },
  "chart.auc": { en: "Between floor and ceiling", zh: "下限与上限之间" },
  "chart.auc-of": {
    en: "AUC of each label: {figures}",
    zh: "各标签的 AUC：{figures}",
  },
  "chart.roc": { en: "ROC", zh: "ROC 曲线" },
  "chart.roc-of": {
    en: "ROC curves for {label} on {rows} test users",
    zh: "{label} 在 {rows} 个测试用户上的 ROC 曲线",
  },
  "chart.gain": { en: "Conversions found", zh: "累计增益" },
  "chart.gain-of": {
    en: "Cumulative gain curves for {label} on {rows} test users",
    zh: "{label} 在 {rows} 个测试用户上的累计增益曲线",
  },
  "chart.gain-note": {
    en: "Reaching the best-scored tenth finds {joint} of all conversions; by commerce's own model {alone}.",
    zh: "触达得分最高的 10% 用户，可覆盖 {joint} 的转化；用电商方自己的模型为 {alone}。",
  },
  "chart.scores": { en: "Scores of both classes", zh: "两类用户的得分分布" },
  "chart.scores-of": {
    en: "Distribution of scores for {label}, of users who convert and who do not",
    zh: "{label} 的得分分布：转化与未转化用户",
  },
  "chart.calibration": { en: "Calibration", zh: "校准" },
  "chart.calibration-of": {
    en: "Predicted against observed conversion for {label}, in ten groups of equal size",
    zh: "{label} 的预测转化率与实际转化率，分为十个等量组",
  },
  "chart.calibration-note": {
    en: "Ten groups of equal size; bars are 95% intervals. On the diagonal a prediction is right on average.",
    zh: "十个等量组；竖线为 95% 置信区间。落在对角线上表示平均而言预测准确。",
  },
  "chart.epochs-of": {
    en: "AUC on validation users after each epoch",
    zh: "每个训练轮次后验证用户上的 AUC",
  },
  "chart.epochs-pooled": {
    en: "Looking at the joint model while it is trained would open scores, so the demo looks at its oracle instead: the same plan on both tables in one hand. Nothing was disclosed for this picture.",
    zh: "在训练中查看联合模型需要公开得分，因此演示查看的是它的参照模型：同一计划、两张表集中在一处训练。这张图没有造成任何披露。",
  },
  "chart.epochs-joint": {
    en: "As asked for by the plan (--watch-validation), validation scores were opened to commerce after every epoch. Each look is a line in the ledger.",
    zh: "按计划要求（--watch-validation），每个训练轮次后都向电商方公开验证得分。每次查看都记在披露账本中。",
  },
  "class.positive": { en: "converted", zh: "转化" },
  "class.negative": { en: "did not", zh: "未转化" },
  "chart.few": {
    en: "{label} has {positives} converted and {negatives} other test users: too few for curves.",
    zh: "{label} 的测试用户中转化 {positives} 个、未转化 {negatives} 个：太少，无法画曲线。",
  },
  "chart.test-rows": {
    en: "{label}: {rows} test users, {positives} of them converted",
    zh: "{label}：{rows} 个测试用户，其中 {positives} 个转化",
  },
} as const;
