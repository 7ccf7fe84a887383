refused-settled = This is settled already and needs no waiver
refused-asked-already = A waiver has been asked for and waits for a decision
refused-decided-already = This request has been decided already
refused-nothing-to-confirm = No late record waits for confirmation
refused-nothing-to-explain = This is not late and needs no explanation
refused-without-words = Please give the reason
refused-too-long = At most { $longest } characters
