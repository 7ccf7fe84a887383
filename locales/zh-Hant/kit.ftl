# 每個頁面都用到的詞：框架、表單、清單與狀態
brand = Kehu 大客戶
skip-to-content = 跳到主要內容
main-navigation = 主選單
quick-navigation = 常用入口
more = 更多
close = 關閉
search-label = 搜尋
search-placeholder = 搜尋客戶、聯絡人、拜訪紀錄…
record = 登錄聯繫
record-short = 登錄
demo-label = 示範
demo-banner = 這是示範公司，客戶與人員皆為虛構，請放心試用。
account-menu = { $name }的選單
sign-out = 登出

clause-name = 管理辦法第 { $number } 條

state-open = 待辦
state-due = 即將到期
state-overdue = 已逾期
state-met = 準時完成
state-met-late = 逾期完成
state-missed = 未履行
state-waived = 已豁免
state-cancelled = 已取消

step-done = 已完成
step-open = 未完成

required = 必填
form-errors = 有 { $count } 個地方需要修正
drop-hint = 將檔案拖曳到這裡，或選擇檔案

sort-by = 依{ $column }排序
filter-apply = 套用
filter-clear = 全部清除
filter-drop = 移除「{ $filter }」
pages = 換頁
shown = 第 { $first }–{ $last } 筆，共 { $total } 筆
previous-page = 上一頁
next-page = 下一頁

forbidden-title = 您無法檢視這個頁面
forbidden-text = 您的職位沒有檢視權限。若工作上有需要，請洽團隊負責人或系統管理員。
not-found-title = 找不到這個頁面
not-found-text = 連結可能已失效，或紀錄已封存。
fault-title = 系統發生問題
fault-text = 您的內容沒有遺失，請稍後再試。若問題持續，請將編號 { $id } 告知系統管理員。
back-home = 回到今日
viewing-label = 正在以他人身分檢視
viewing = 您正在以{ $name }的身分檢視：只能看，不能改；您本人無權查看的客戶內容已隱去。
viewing-end = 結束檢視
