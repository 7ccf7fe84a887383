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

# 台帳匯入：頁面
nav = 匯入台帳
title = 匯入台帳
intro = 把團隊在 Excel 裡維護的客戶台帳匯入系統：先核對欄位的意義，再試算，確認後才寫入。
step-file = 選擇檔案
step-columns = 核對欄位
step-look = 試算
step-done = 完成
file = 台帳檔案
file-hint = CSV（UTF-8、GB18030、GBK 自動辨識）、XLSX 或 XLS，最大 50 MB。標題列、合併儲存格、空白列都不必先整理。
file-required = 請選擇一個檔案
upload = 上傳並核對
recent = 最近的匯入
all-imports = 全部匯入
imports = 匯入紀錄
no-imports = 還沒有匯入過台帳
no-imports-text = 匯入過的檔案和結果會列在這裡，也可以在這裡復原。
state = 狀態
by = 匯入人
at = 時間
state-draft = 未匯入
state-running = 匯入中
state-done = 已完成
state-failed = 未成功
state-undone = 已復原

columns-intro = 我們依表頭和內容推測了每一欄的意義，請核對。您的更正會記住，下次匯入同樣表頭的檔案時直接使用。
sheet-title = 工作表和表頭
sheet = 工作表
header-row = 表頭所在列
read-again = 重新讀取
columns-title = 欄位的意義
column = 欄
samples = 內容舉例
meaning = 意義
meaning-of = 「{ $column }」的意義
column-number = 第 { $number } 欄
not-imported = 不匯入
of-person = 第 { $number } 位聯絡人：{ $field }
amount-unit = 金額單位
tiers-title = 客戶級別
stages-title = 客戶階段
no-match = 沒有對應
managers-title = 客戶經理
managers-intro = 台帳裡的客戶經理對應到哪位成員。沒有對應的，其新客戶不會匯入，也不會悄悄遺失，會列在試算結果裡。
nameless = （沒有填寫客戶經理）
companies-count = { $count } 家
no-member = 沒有對應的成員
create-managers = 把沒有對應的客戶經理加入成員
create-managers-hint = 登入名由姓名拼音產生；設定密碼之前不能登入。
options-title = 已經建檔的客戶
update = 用台帳內容更新已建檔的客戶和聯絡人
update-hint = 不勾選時，已建檔的內容保持不變，只補充新的客戶和聯絡人。台帳裡空白的儲存格不會清除已建檔的內容。
look = 試算
another-file = 換一個檔案
field-twice = 有兩欄都選為「{ $field }」，請只保留一欄

look-intro = 這是試算結果，還沒有寫入任何內容。
new-accounts = 新增客戶
new-contacts = 新增聯絡人
rows-figure = 資料列
bad-figure = 不匯入的列
created = 新增
updated = 更新
unchanged = 未變
skipped = 不匯入
created-count = { $count } 新增
updated-count = { $count } 更新
unchanged-count = { $count } 未變
duplicates-count = { $count } 列是同一家公司的後續列
unknown-managers = 有客戶經理還不是成員，他們的新客戶不會匯入：{ $names }
nameless-with-count = 沒有填寫客戶經理（{ $accounts } 家）
match-managers = 前往對應
nothing-to-do = 台帳裡的內容都已建檔，沒有需要匯入的。
nothing-acceptable = 沒有可以匯入的內容：其餘的都已建檔，下列各列有問題。
run-button = { $count ->
    [0] 開始匯入
   *[other] 匯入 { $count } 家客戶
}
back-to-columns = 返回核對欄位
bad-rows-title = { $count } 列不匯入
bad-rows-caption = 不匯入的列和原因
download-rejects = 下載這些列
rest-in-file = 其餘 { $count } 處在下載的檔案裡
row-column = 列
reason = 原因
companies = 逐家結果
company = 公司
outcome = 結果
manager = 客戶經理
rows-column = 台帳列號
notes-title = { $count } 處提示（照常匯入）
notes-caption = 照常匯入的列裡的提示

running = 匯入中
running-text = 全部內容一次寫入：要麼全部成功，要麼什麼都不更動。您可以離開這一頁，匯入會繼續。
refresh = 重新整理

imported-by = { $name }，{ $at }
import-another = 匯入另一個檔案
failed-text = 匯入沒有成功，什麼也沒有寫入。
undo = 復原這次匯入
undo-text = 這次匯入建立的客戶、聯絡人和成員會被移除，更新過的內容恢復原樣。如果之後有人更動或使用過其中的記錄，就不能整批復原。
undo-confirm = 確認復原
undone = 這次匯入已復原
undone-by = { $name } 於 { $at } 復原了這次匯入

# Operations of the API
api-upload-ledger = 上傳台帳
api-read-import = 讀取一次匯入
api-dry-run-import = 試跑
api-run-import = 正式匯入
