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
