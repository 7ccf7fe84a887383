# 台帳匯入：命令列
would-be-done = 試算結果（沒有寫入任何內容）
was-done = 匯入完成
rows-read = 讀取 { $rows } 列資料，其中 { $duplicates } 列與前面的列屬於同一家公司
accounts = 客戶
contacts = 聯絡人
counts = 新增 { $created }，更新 { $updated }，未變 { $unchanged }
tiers-assumed = { $count } 家新客戶沒有級別，以「一般」匯入
would-be-members = 將加入成員（暫不能登入）：{ $names }
were-made-members = 已加入成員（暫不能登入）：{ $names }
not-members = 還不是成員的客戶經理：{ $names }。請先新增成員，或加上 --create-managers。
manager-with-count = { $name }（{ $accounts } 家）
bad-rows = { $count } 列沒有匯入：
row = 第 { $row } 列
rejects-written = 沒有匯入的列已寫入 { $path }

job = 匯入台帳
already-run = 這次匯入已經執行過
not-permitted = 您目前沒有匯入客戶的權限
changed-meanwhile = 匯入時有人更動了同一批記錄，沒有寫入任何內容。請再執行一次。
not-done = 只有完成的匯入可以復原
changed-since = 匯入之後有 { $count } 筆記錄被更動或使用過，不能整批復原：{ $names }
