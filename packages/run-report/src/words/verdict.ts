/** The verdict on joining, and how sure that is. */
export const VERDICT_WORDS = {
  "verdict.too-few": { en: "Too few to tell", zh: "数据太少，无法判断" },
  "verdict.suspect": {
    en: "Withheld: a column looks like a consequence of the label",
    zh: "暂不下结论：有一列像是标签的结果",
  },
  "verdict.too-few-why": {
    en: "{positives} test users converted and {negatives} did not: with fewer than {least} of either, no gain, interval or money can be told.",
    zh: "测试用户中 {positives} 个转化、{negatives} 个未转化：任何一类少于 {least} 个时，无法判断增益、区间或金额。",
  },
  "verdict.suspect-why": {
    en: "{columns}: known, it seems, only after the conversion. Leave it out of the table and train again; as it is, no figure on this page can be believed.",
    zh: "{columns}：似乎在转化之后才会知道。请从表中去掉它后重新训练；在此之前，本页的数字都不可信。",
  },
  "verdict.suspect-column": {
    en: "{column} (AUC {auc} by itself)",
    zh: "{column}（单独 AUC {auc}）",
  },
  "verdict.alike": {
    en: "Both models put the test users in equally good order: there is no difference to judge.",
    zh: "两个模型对测试用户的排序同样好：没有可判断的差别。",
  },
  "verdict.no-money": {
    en: "There are too few conversions among the best-scored tenth to count money.",
    zh: "得分最高的 10% 中转化太少，无法计算金额。",
  },
  "verdict.pays": { en: "Yes: joining pays", zh: "值得：联合建模带来净收益" },
  "verdict.does-not-pay": {
    en: "No: joining costs more than it brings",
    zh: "不值得：成本高于收益",
  },
  "verdict.not-shown-to-pay": {
    en: "A better model, but not shown to pay",
    zh: "模型更好，但尚不能证明有净收益",
  },
  "verdict.no-gain-shown": {
    en: "No: joining is not shown to help",
    zh: "不值得：尚不能证明联合建模有帮助",
  },
  "verdict.not-told": { en: "This run does not tell", zh: "这次运行无法判断" },
  "verdict.none": {
    en: "No campaign was asked about in this run",
    zh: "这次运行没有评估投放收益",
  },
  "verdict.gain": {
    en: "On {rows} test users, the joint model's AUC for {label} is {gain} above that of commerce alone (95% interval {low} to {high}).",
    zh: "在 {rows} 个测试用户上，{label} 的联合模型 AUC 比电商方单独建模高 {gain}（95% 置信区间 {low} 至 {high}）。",
  },
  "verdict.loss": {
    en: "On {rows} test users, the joint model's AUC for {label} is {gain} below that of commerce alone (95% interval {low} to {high}).",
    zh: "在 {rows} 个测试用户上，{label} 的联合模型 AUC 比电商方单独建模低 {gain}（95% 置信区间 {low} 至 {high}）。",
  },
  "verdict.zero": {
    en: "The interval contains 0, so there is no gain to sell.",
    zh: "置信区间包含 0，因此谈不上收益。",
  },
  "verdict.money": {
    en: "A campaign of {budget} at {click} a click is left with {net} after all costs (95% interval {low} to {high}). Bids that rise are not counted: this is an upper bound.",
    zh: "预算 {budget}、每次点击 {click} 的投放，扣除全部成本后剩余 {net}（95% 置信区间 {low} 至 {high}）。竞价上涨未计入，因此这是上限。",
  },
  "verdict.overlap": {
    en: "It pays from an overlap of {share} on; here {here} of commerce's users were matched.",
    zh: "重合用户达到 {share} 起有净收益；本次匹配到电商方 {here} 的用户。",
  },
  "verdict.matched": { en: "matched users", zh: "匹配用户" },
  "verdict.matched-of": {
    en: "of {media} at media, {commerce} at commerce",
    zh: "媒体方 {media}，电商方 {commerce}",
  },
  "verdict.joint-set": { en: "users in the joint set", zh: "联合样本用户数" },
  "verdict.auc": { en: "AUC, {label}", zh: "AUC，{label}" },
  "verdict.auc-between": {
    en: "commerce alone {alone}; pooled {pooled}",
    zh: "电商方单独 {alone}；数据集中 {pooled}",
  },
  "verdict.auc-over": { en: "commerce alone {alone}", zh: "电商方单独 {alone}" },
  "verdict.lift": { en: "lift in the best tenth", zh: "前 10% 提升度" },
  "verdict.lift-alone": { en: "commerce alone {alone}", zh: "电商方单独 {alone}" },
  "verdict.cost": { en: "crossed the network", zh: "网络传输量" },
  "verdict.cost-time": {
    en: "{rounds} rounds, {time} of session",
    zh: "{rounds} 轮通信，会话 {time}",
  },
  "verdict.time": { en: "session", zh: "会话时长" },
  "verdict.disclosed": { en: "lines in the ledger", zh: "披露账本条数" },
  "verdict.disclosed-what": { en: "all that was opened on purpose", zh: "全部有意公开的内容" },
  "verdict.dp": {
    en: "The model is noisy: epsilon {epsilon} at delta {delta}, for each joint user.",
    zh: "模型加入了噪声：ε = {epsilon}，δ = {delta}，以每个联合用户为单位。",
  },
  "verdict.table": { en: "The labels one by one", zh: "逐个标签" },
  "verdict.label": { en: "label", zh: "标签" },
  "verdict.answer": { en: "worth it?", zh: "值得吗？" },
  "verdict.gain-title": { en: "AUC gain (95% interval)", zh: "AUC 增益（95% 置信区间）" },
  "verdict.net-title": { en: "money after costs (95% interval)", zh: "扣除成本后（95% 置信区间）" },
  "verdict.interval": { en: "{mean} ({low} to {high})", zh: "{mean}（{low} 至 {high}）" },
  "verdict.basis": {
    en: "Intervals come from resampling these test users; another seed would train another model, which they do not tell. Commerce alone is its best kind of model on validation rows: {kind}.",
    zh: "置信区间来自对这些测试用户的重采样；换一个种子会训练出另一个模型，区间不反映这一点。电商方单独建模取其在验证集上最好的一种：{kind}。",
  },
} as const;
