password-too-short = 密碼至少要有 { $shortest } 個字元
password-too-long = 密碼太長，請不要超過 200 個字元
password-contains-login = 密碼裡不能含有登入帳號
old-password-wrong = 原密碼不正確
