refused-settled = 這一項已經有結果了，不需要申請免除
refused-asked-already = 已經申請過，正在等待簽核
refused-decided-already = 這份申請已經簽核過了
refused-nothing-to-confirm = 沒有等待確認的補登
refused-nothing-to-explain = 這一項沒有逾期，不需要說明
refused-without-words = 請寫明原因
refused-too-long = 最多 { $longest } 個字
