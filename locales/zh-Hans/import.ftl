# 台账导入：命令行
would-be-done = 试算结果（没有写入任何内容）
was-done = 导入完成
rows-read = 读取 { $rows } 行数据，其中 { $duplicates } 行与前面的行属于同一家公司
accounts = 客户
contacts = 联系人
counts = 新建 { $created }，更新 { $updated }，未变 { $unchanged }
tiers-assumed = { $count } 家新客户没有级别，按“一般”导入
would-be-members = 将加入成员（暂不能登录）：{ $names }
were-made-members = 已加入成员（暂不能登录）：{ $names }
not-members = 还不是成员的客户经理：{ $names }。请先添加成员，或加上 --create-managers。
manager-with-count = { $name }（{ $accounts } 家）
bad-rows = { $count } 行没有导入：
row = 第 { $row } 行
rejects-written = 没有导入的行已写入 { $path }

job = 导入台账
already-run = 这次导入已经运行过
not-permitted = 您现在没有导入客户的权限
changed-meanwhile = 导入时有人改动了同一批记录，没有写入任何内容。请再运行一次。
not-done = 只有完成的导入可以撤销
changed-since = 导入之后有 { $count } 条记录被改动或使用过，不能整体撤销：{ $names }

# 台账导入：页面
nav = 导入台账
title = 导入台账
intro = 把团队在 Excel 里维护的客户台账导入系统：先核对列的含义，再试算，确认后才写入。
step-file = 选择文件
step-columns = 核对列
step-look = 试算
step-done = 完成
file = 台账文件
file-hint = CSV（UTF-8、GB18030、GBK 自动识别）、XLSX 或 XLS，最大 50 MB。标题行、合并单元格、空行都不用先整理。
file-required = 请选择一个文件
upload = 上传并核对
recent = 最近的导入
all-imports = 全部导入
imports = 导入记录
no-imports = 还没有导入过台账
no-imports-text = 导入过的文件和结果会列在这里，也可以在这里撤销。
state = 状态
by = 导入人
at = 时间
state-draft = 未导入
state-running = 正在导入
state-done = 已完成
state-failed = 未成功
state-undone = 已撤销

columns-intro = 我们按表头和内容推测了每一列的含义，请核对。您的更正会记住，下次导入同样表头的文件时直接使用。
sheet-title = 工作表和表头
sheet = 工作表
header-row = 表头所在行
read-again = 重新读取
columns-title = 列的含义
column = 列
samples = 内容举例
meaning = 含义
meaning-of = “{ $column }”的含义
column-number = 第 { $number } 列
not-imported = 不导入
of-person = 第 { $number } 位联系人：{ $field }
amount-unit = 金额单位
tiers-title = 客户级别
stages-title = 客户阶段
no-match = 没有对应
managers-title = 客户经理
managers-intro = 台账里的客户经理对应到哪位成员。没有对应的，其新客户不会导入，也不会悄悄丢掉，会列在试算结果里。
nameless = （没有写客户经理）
companies-count = { $count } 家
no-member = 没有对应的成员
create-managers = 把没有对应的客户经理加入成员
create-managers-hint = 登录名由姓名拼音生成；设置密码之前不能登录。
options-title = 已经在册的客户
update = 用台账内容更新在册的客户和联系人
update-hint = 不勾选时，在册的内容保持不变，只补充新的客户和联系人。台账里空着的单元格不会清除在册的内容。
look = 试算
another-file = 换一个文件
field-twice = 有两列都选为“{ $field }”，请只保留一列

look-intro = 这是试算结果，还没有写入任何内容。
new-accounts = 新建客户
new-contacts = 新建联系人
rows-figure = 数据行
bad-figure = 不导入的行
created = 新建
updated = 更新
unchanged = 未变
skipped = 不导入
created-count = { $count } 新建
updated-count = { $count } 更新
unchanged-count = { $count } 未变
duplicates-count = { $count } 行是同一家公司的后续行
unknown-managers = 有客户经理还不是成员，他们的新客户不会导入：{ $names }
nameless-with-count = 没有写客户经理（{ $accounts } 家）
match-managers = 去对应
nothing-to-do = 台账里的内容都已在册，没有需要导入的。
nothing-acceptable = 没有可以导入的内容：其余的都已在册，下列各行有问题。
run-button = { $count ->
    [0] 开始导入
   *[other] 导入 { $count } 家客户
}
back-to-columns = 返回核对列
bad-rows-title = { $count } 行不导入
bad-rows-caption = 不导入的行和原因
download-rejects = 下载这些行
rest-in-file = 其余 { $count } 处在下载的文件里
row-column = 行
reason = 原因
companies = 逐家结果
company = 公司
outcome = 结果
manager = 客户经理
rows-column = 台账行号
notes-title = { $count } 处提示（照常导入）
notes-caption = 照常导入的行里的提示

running = 正在导入
running-text = 全部内容一次写入：要么全部成功，要么什么都不改。您可以离开这一页，导入会继续。
refresh = 刷新

imported-by = { $name }，{ $at }
import-another = 导入另一个文件
failed-text = 导入没有成功，什么也没有写入。
undo = 撤销这次导入
undo-text = 这次导入建立的客户、联系人和成员会被移除，更新过的内容恢复原样。如果之后有人改动或使用过其中的记录，就不能整体撤销。
undo-confirm = 确认撤销
undone = 这次导入已撤销
undone-by = { $name } 于 { $at } 撤销了这次导入

# Operations of the API
api-upload-ledger = 上传台账
api-read-import = 读取一次导入
api-dry-run-import = 试运行
api-run-import = 正式导入
