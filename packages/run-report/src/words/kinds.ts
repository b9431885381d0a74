/** Kinds of messages, as people may read them. */
export const KIND_WORDS = {
  "wire.control": { en: "plan, notices", zh: "计划与通知" },
  "wire.relay": { en: "sealed records", zh: "密封记录" },
  "wire.psitag": { en: "id tags", zh: "ID 标签" },
  "wire.psirow": { en: "matched rows", zh: "匹配行号" },
  "wire.psisum": { en: "check of match", zh: "匹配校验" },
  "wire.ecblind": { en: "blinded ids", zh: "盲化 ID" },
  "wire.ectwice": { en: "twice-blinded ids", zh: "双重盲化 ID" },
  "wire.maskkey": { en: "scoring mask keys", zh: "打分掩码密钥" },
  "wire.credit": { en: "acknowledgements", zh: "确认" },
  "wire.deal": { en: "dealt randomness", zh: "分发的随机数" },
  "wire.opening": { en: "masked numbers", zh: "掩码数字" },
  "wire.commit": { en: "commitments", zh: "承诺" },
  "wire.note": { en: "notes", zh: "附注" },
  "wire.embed": { en: "embeddings", zh: "嵌入" },
  "wire.grad": { en: "gradients", zh: "梯度" },
} as const;
