password-too-short = A password needs at least { $shortest } characters
password-too-long = This password is too long; 200 characters are the most
password-contains-login = A password must not contain the login
old-password-wrong = This is not your present password
