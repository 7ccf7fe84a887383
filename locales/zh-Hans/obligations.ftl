refused-settled = 这一项已经有结果了，不需要申请免除
refused-asked-already = 已经申请过，正在等待审批
refused-decided-already = 这份申请已经审批过了
refused-nothing-to-confirm = 没有等待确认的补录
refused-nothing-to-explain = 这一项没有逾期，不需要说明
refused-without-words = 请写明原因
refused-too-long = 最多 { $longest } 个字
