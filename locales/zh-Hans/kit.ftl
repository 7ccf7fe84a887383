# 每个页面都用到的词：框架、表单、列表和状态
brand = Kehu 大客户
skip-to-content = 跳到正文
main-navigation = 主导航
quick-navigation = 常用入口
more = 更多
close = 关闭
search-label = 查找
search-placeholder = 查找客户、联系人、纪要…
record = 记录沟通
record-short = 记录
demo-label = 演示
demo-banner = 这是演示公司，客户和人员均为虚构，可以放心试用。
account-menu = { $name }的菜单
sign-out = 退出登录

clause-name = 管理办法第 { $number } 条

state-open = 待办
state-due = 即将到期
state-overdue = 已逾期
state-met = 按时完成
state-met-late = 迟完成
state-missed = 未履行
state-waived = 已免除
state-cancelled = 已取消

step-done = 已完成
step-open = 未完成

required = 必填
form-errors = 有 { $count } 处需要改正
drop-hint = 把文件拖到这里，或者选择文件

sort-by = 按{ $column }排序
filter-apply = 应用
filter-clear = 全部清除
filter-drop = 去掉“{ $filter }”
pages = 翻页
shown = 第 { $first }–{ $last } 条，共 { $total } 条
previous-page = 上一页
next-page = 下一页

forbidden-title = 这一页不对您开放
forbidden-text = 您的岗位没有查看权限。如果工作需要，请联系团队负责人或管理员。
not-found-title = 没有找到这一页
not-found-text = 链接可能已经失效，或者记录已归档。
fault-title = 系统出了点问题
fault-text = 您的内容没有丢失，请稍后再试。如果仍然出错，请把编号 { $id } 告诉管理员。
back-home = 回到今日
viewing-label = 正在以他人身份查看
viewing = 您正在以{ $name }的身份查看：只能看，不能改；您本人无权查看的客户内容已隐去。
viewing-end = 结束查看
