password-too-short = 密码至少要有 { $shortest } 个字符
password-too-long = 密码太长，请不要超过 200 个字符
password-contains-login = 密码里不能带有登录名
old-password-wrong = 原密码不对
