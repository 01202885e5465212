# 机器人说的每一句话。与 en.ftl 逐条对应。

test-sentence = { $who }：{ $what }
call = { $who }，

## 工单卡片

card-head = 🧾 工单 #{ $no } · { $category } · { $state }
card-where = 📍 { $where }
card-matter = 🧭 { $matter }
matter-public = 公共部位
matter-repeat = 反复出现
urgency-p0 = P0 危急
urgency-p1 = P1 紧急
urgency-p2 = P2 一般
urgency-p3 = P3 不急
trade-electric = 电气
trade-plumbing = 水暖
trade-lift = 电梯
trade-door = 门窗
trade-structure = 房屋
trade-cleaning = 保洁
trade-green = 绿化
trade-parking = 停车
trade-noise = 噪音
trade-security = 安保
trade-network = 网络
trade-fee = 费用
trade-other = 其他
card-text = 📝 { $text }
card-private = 🔒 内容仅报修人和物业可见
card-blanked = （报修内容已撤回）
reporter = 报修人
card-reporter = 👤 { $name }
card-voices = ➕ 还有 { $count } 位邻居跟进
card-pictures = 📷 { $pictures } 张照片
card-files = 📎 { $others } 个附件
card-pictures-files = 📷 { $pictures } 张照片，📎 { $others } 个附件
card-eta = 🕒 预计 { $when }
card-stars = ⭐ { $stars }/5 分
card-why = 💬 { $why }
card-worker = 🛠 { $name }
hint-new = 👉 物业点 🙋 接单。要补充，请回复本卡片。
hint-claimed = 👉 出发点 🚗，开始处理点 🔧，修好点 ✅。要补充，请回复本卡片。
hint-in-progress = 👉 修好点 ✅，要问报修人点 ❓，等配件点 📦。要补充，请回复本卡片。
hint-waiting-resident = 👉 请报修人回复本卡片。物业接着办点 🔧。
hint-waiting-others = 👉 物业接着办点 🔧。要补充，请回复本卡片。
hint-done = 👉 报修人点 👍 确认；没修好点 🔁。
hint-confirmed = 👉 已办结，谢谢大家。
hint-cancelled = 👉 已取消。
hint-merged = 👉 和工单 #{ $into } 并在一起办。
hint-declined = 👉 报修人有不同意见请点 🔁。

category-repair = 报修
category-complaint = 投诉
category-suggestion = 建议
category-question = 咨询
category-emergency = 紧急
category-fee = 缴费
category-none = 事项

state-new = 待接单
state-claimed = 已接单
state-on-the-way = 在路上
state-in-progress = 处理中
state-waiting-resident = 等报修人回复
state-waiting-others = 等配件
state-done = 待确认
state-confirmed = 已办结
state-reopened = 重新打开
state-cancelled = 已取消
state-merged = 已合并
state-declined = 不受理

address-phase = { $value }期
address-building = { $value }号楼
address-unit = { $value }单元
address-floor = { $value }楼
address-home = { $value }室

## 每一步告诉报修人

told-claim = { $reporter }，工单 #{ $no } 由{ $who }接单了，请留意消息。
told-assign = { $reporter }，工单 #{ $no } 现在由{ $to }负责，请留意消息。
told-expired = 工单 #{ $no } 要换一位师傅，正在重新派人。
told-eta = { $reporter }，工单 #{ $no } 预计 { $when }来办。
voice-neighbour = 一位邻居
voice-one = { $who }
voice-all = { $who }和另外 { $count } 位邻居
voice-joined = { $who }，这件事已经有人报过：工单 #{ $no }（{ $where }，{ $state }）。您的也记上了，有进展一起告诉您。不是同一件事，请点 🆕。
voice-own = { $who }，您报过的工单 #{ $no }（{ $where }）还在办，现在是“{ $state }”。这句也记上了。不是同一件事，请点 🆕。
voice-inherits = { $who }，工单 #{ $no } 原来的报修人不再跟进，您也报过，接着给您办。
told-unclaim = { $reporter }，工单 #{ $no } 的{ $who }暂时来不了{ $why }，正在另派人。
told-set-out = { $reporter }，{ $who }出发去办工单 #{ $no } 了{ $why }。
told-start = { $reporter }，{ $who }开始处理工单 #{ $no } 了{ $why }。
told-ask-resident = { $reporter }，工单 #{ $no } 要等您一句话，{ $who }才能接着办{ $why }。请回复这条消息。
told-answer = 工单 #{ $no } 收到您的回复，已转给师傅。
told-put-off = { $reporter }，工单 #{ $no } 要等配件或者外面的师傅{ $why }。有进展马上告诉您。
told-resume = { $reporter }，工单 #{ $no } 接着办了{ $why }。
told-decline = { $reporter }，工单 #{ $no } { $who }这边办不了{ $why }。有不同意见请点卡片上的 🔁。
told-contested = 工单 #{ $no } 请经理再看一下{ $why }。
told-merge = { $reporter }，工单 #{ $no } 和 #{ $into } 是同一件事，并在一起办，有进展照样告诉您。
told-unmerge = { $reporter }，工单 #{ $no } 又单独办了，有进展告诉您。
told-why = （{ $why }）
told-done = { $reporter }，{ $who }说工单 #{ $no } 办好了{ $why }。没问题请点 👍，没办好请点 🔁。
told-undone = { $reporter }，工单 #{ $no } 还没办完{ $why }，{ $who }继续处理。
told-confirm = 工单 #{ $no } 已办结，谢谢您的确认。{ $rate }
told-confirm-by = { $reporter }，{ $who }确认工单 #{ $no } 已办结。如果没办好，请点 🔁。{ $rate }
told-confirm-by-time = 工单 #{ $no } 办好后没有新的消息，已自动办结。没办好请点卡片上的 🔁。{ $rate }
rate-ask = 这次办得怎么样？在这条消息上点 1️⃣（差）到 5️⃣（好），也可以回复说一句。
rate-remind = { $reporter }，工单 #{ $no } 办得怎么样？在上面那条消息上点一下 1️⃣ 到 5️⃣ 就好，不会再问了。
rate-thanks = 谢谢，工单 #{ $no } 您给了 { $stars } 分（满分5分）。
rate-how = 请写 1（差）到 5（好）的数字：!评价 { $no } 5
rate-not-yours = 工单 #{ $no } 只有报修人可以评价。
rate-not-yet = 工单 #{ $no } 还没办完，办完后再评价。
told-rated-low = { $reporter }，谢谢您直说。经理会查工单 #{ $no }，查完告诉您。
told-reviewed = { $reporter }，您对工单 #{ $no } 的意见，{ $who }已经查过了{ $why }。
follow-ask = { $reporter }，工单 #{ $no } 办完{ $ago }了，现在还好吗？好的点 👍，又坏了点 🔁。
review-open = 🔎 { $called } { $who }给工单 #{ $no } 打了 { $stars } 分（{ $where }，经手：{ $worker }）。请去了解，之后在这里点 ✅，或写明结果：!已回访 { $no } …
review-words = 🔎 { $who }对工单 #{ $no } 又说：{ $words }
review-over = 🔎 工单 #{ $no } { $stars } 分：{ $by }已了解。
review-dropped = 🔎 工单 #{ $no }：评分已改，不用再查。
review-by = { $who }{ $why }
review-none = 工单 #{ $no } 没有要查的评价。
told-reopen = 工单 #{ $no } 重新打开了{ $why }，马上请师傅再来看。
told-reopen-by = { $reporter }，{ $who }重新打开了工单 #{ $no }{ $why }。
told-restored = 工单 #{ $no } 恢复了，会有师傅来处理。
told-cancel = 工单 #{ $no } 已取消{ $why }。要恢复请点卡片上的 🔁。
told-cancel-by = { $reporter }，{ $who }取消了工单 #{ $no }{ $why }。有疑问请点卡片上的 🔁 或在这里说。

## 物业群

staff-claim = { $called }工单 #{ $no } 归你了（{ $where }）。修好后在卡片上点 ✅。
staff-assign = { $called }{ $who }把工单 #{ $no } 派给你了（{ $where }）。{ $words }{ $relieved }
staff-relieved = { " " }{ $who }不用去了。
staff-unclaim = { $called }{ $who }放下了工单 #{ $no }，请别的师傅点 🙋 接单。
staff-answer = { $called }{ $who }回复了工单 #{ $no }：{ $words }
staff-decline = { $called }{ $who }不受理工单 #{ $no }：{ $words }
staff-contested = { $called }{ $who }不同意工单 #{ $no } 不受理，请看一下；点 🙋 接单。
staff-reopen = { $called }工单 #{ $no } 没办好，{ $who }重新打开了。请再去看看。
staff-restored = { $called }工单 #{ $no } 由{ $who }恢复了，还是要去看看。
staff-cancel = { $called }工单 #{ $no } 由{ $who }取消，不用去了。
staff-confirm = 👍 { $who }确认工单 #{ $no } 办结，辛苦了。
staff-withdrawn = { $called }{ $who }撤回了工单 #{ $no } 的报修，已取消。
alarmed = 🆘 { $called }可能有人有危险：工单 #{ $no }（{ $where }）。{ $nobody }谁去，请点 🙋。
alarmed-again = 🆘 { $called }工单 #{ $no }（{ $where }）过了 { $age }还没有人接！请点 🙋 马上去。
nobody-on-duty = 现在没有{ $trade }值班，能去的都请去。
nobody-on-shift = 现在没有{ $trade }师傅在班。
place-unknown = 没写地点，请问报修人
safety-fire = { $reporter } 🆘 着火了先保命：马上离开，随手关门，走楼梯，不要坐电梯，拨打 { $fire }。不要回去拿东西。我正在喊物业的人。
safety-gas = { $reporter } 🆘 闻到燃气味：不要开关电器和灯，不要点火，不要在屋里打电话。顺手能关阀、开窗就做，马上到室外，再拨打 { $gas }。我正在喊物业的人。
safety-trapped = { $reporter } 🆘 被困的人请不要扒门、不要往外爬，离门远一点，按警铃。电梯救援：{ $lift }；有人不舒服：{ $medical }。我正在喊物业的人。
safety-current = { $reporter } 🆘 有水或裸线又有电：请离开，不要碰任何电器。手脚都干才可以去拉总闸。有人触电，断电之前不要用手碰他，拨打 { $medical }。我正在喊物业的人。
safety-missing = { $reporter } 🆘 请马上报警 { $police }，不用等 24 小时。请在这里写：穿什么衣服，什么时候、在哪里最后见到。我正在喊物业的人看门岗和监控。
safety-life = { $reporter } 🆘 有人受伤或发病：{ $medical }。有人行凶：先躲开，再打 { $police }。救护车来之前请陪着伤者。我正在喊物业的人。
safety-falling = { $reporter } 🆘 请离开下面，也拦住别人，特别是孩子。砸到人请拨打 { $medical }。我正在喊物业的人去拦起来。
safety-other = { $reporter } 🆘 有人有危险的话，先到安全的地方，再拨打：火警 { $fire }、急救 { $medical }、报警 { $police }。我正在喊物业的人。
call-answer-soon = ⏰ { $called }工单 #{ $no } 已等{ $age }，还没人接（{ $where }），再过{ $left }就超时。{ $nobody }谁去，请点 🙋。
call-answer-late = ⏰ { $called }工单 #{ $no } 已等{ $age }，还没人接（{ $where }），已经超时。{ $nobody }谁去，请点 🙋。
call-resolve-soon = ⏰ { $called }工单 #{ $no }（{ $where }）再过{ $left }就到答应办好的时间。{ $nobody }办好点 ✅；来不及，回复 !预计 明天上午，我告诉报修人。
call-resolve-late = ⏰ { $called }工单 #{ $no }（{ $where }）过了答应办好的时间{ $left }。{ $nobody }办好点 ✅；还要时间，回复 !预计 明天上午，我告诉报修人。
call-claim = ⏰ { $called }工单 #{ $no }（{ $where }）接单{ $age }了，还没有动静。出发点 🚗，开始点 🔧；要晚些，回复 !预计 明天上午。再过{ $left }没有动静，就请别人接。
call-claim-danger = ⏰ { $called }工单 #{ $no }（{ $where }）可能有人有危险，接单{ $age }了还没有动静。出发点 🚗，到了点 🔧。再过{ $left }没有动静，就再喊人。
call-eta = ⏰ { $called }工单 #{ $no }（{ $where }）说好的时间（{ $eta }）到了。办好点 ✅；还要时间，回复 !预计 明天上午，我告诉报修人。
staff-expired = ↩️ { $called }工单 #{ $no } 接单后一直没有动静，放回来了。谁去，请点 🙋。

## 做不到的时候

refused-not-staff = { $name }，这一步由物业师傅来点，谢谢您的热心。
refused-taken = { $name }，工单 #{ $no } 已由{ $worker }接单。
refused-not-claimed = { $name }，工单 #{ $no } 还没人接单，请先点 🙋。
refused-not-reporter = { $name }，这一步请工单 #{ $no } 的报修人来点。
refused-too-many = { $name }，工单 #{ $no } 没有派成：接单的人手上未办完的已经到上限了。
refused-state = { $name }，工单 #{ $no } 现在是“{ $state }”，这一步用不上。
command-unknown = 没有这个命令。发送 !帮助 看看我会什么。
command-for-staff = { $name }，这个命令只有物业能用。
command-for-moderators = { $name }，这个命令只有管理员能用。
command-for-managers = { $name }，这个命令只有经理能用。
no-such-ticket = 没有找到工单 #{ $no }。
assign-whom = 派给谁？请写一位物业的人：!派单 12 @王师傅。有：{ $staff }
eta-how = 没看懂是什么时候，或者已经过了。可以写：!预计 12 今天下午、明天上午10点、周四、两小时后。
merge-how = 并到哪一张？请写编号：!合并 12 7（把 12 并入 7），或者回复 12 的卡片 !合并 7。
merge-not = 不能并入工单 #{ $no }：两张都要是公开的、没撤回的，要并入的那张还没办完。
merge-danger = 工单 #{ $no } 可能有人有危险，不能并入不紧急的工单。
decline-why = 请写上原因，报修人会看到：!不受理 12 阳台自己装的，不归物业。
which-ticket = 是哪一张工单？请加上编号，例如“!工单 12”，或者回复那张卡片。

## 列表和历史

open-none = 现在没有未办的工单。
mine-none = 没有找到您未办结的工单。要报修，请发“#报修 ”加上地点和情况。
list-head = 未办工单 { $count } 张：
list-row = { $row }（{ $age }）
morning-head = ☀️ 早上好！未办工单 { $open } 张：没人接 { $free }，超时 { $late }，等待中 { $waiting }。
morning-free = 🙋 没人接：
morning-late = 🔴 超时：
morning-waiting = ⏳ 等回复或等配件：
morning-hand = 🛠 { $who }手上：{ $numbers }
list-more = ……还有 { $count } 张。
row-unclaimed = { $head } { $text }
row-claimed = { $head } { $text } 🛠 { $worker }
time-day = %-m月%-d日
age-minutes = { $count } 分钟
age-hours = { $count } 小时
age-days = { $count } 天
history-row = { $at } { $who }：{ $what }
history-opened = 报修
history-claim = 接单
history-assign = 派给{ $to }
history-unclaim = 放下工单
history-set-out = 出发
history-start = 开始处理
history-ask-resident = 问报修人，等回复
history-answer = 回复了
history-put-off = 等配件或外面的师傅
history-resume = 接着办
history-done = 办好
history-undone = 收回“办好”
history-confirm = 确认办结
history-reopen = 重新打开
history-cancel = 取消
history-decline = 不受理
history-merge = 并入另一张工单
history-unmerge = 又单独办
history-gathered = 把工单 #{ $from } 并了进来
history-words = { $what }（{ $words }）
history-said = 说：{ $text }
history-said-hidden = 说了一句
history-voice = 也报了：{ $text }
history-rated = 打了 { $stars } 分
history-unrated = 收回评分
history-reviewed = 已了解
history-followed-up = 回访：现在还好吗
history-still-well = 说现在还好
history-left = 不再跟进
history-inherited = 接着跟进
history-attached = 发了照片或文件
history-edited = 改了报修内容
history-withdrawn = 撤回了一条内容
history-alarmed = 有人可能有危险，喊了物业的人
history-nobody-on-duty = 没有这个工种的人值班
history-eta = 说了预计时间
history-call-answer = 提醒还没人接
history-call-resolve = 提醒快到或已过答应办好的时间
history-call-claim = 提醒接单后没有动静
history-call-eta = 提醒说好的时间到了
history-corrected-urgency = 把紧急程度改为 { $to }
history-corrected-trade = 把工种改为{ $to }
history-corrected-category = 把类别改为{ $to }
history-corrected-address = 把地址改为{ $to }
correct-unknown = 没看懂“{ $value }”。可以写：{ $choices }。
correct-not-yours = 只有物业可以改；地址也可以由报修人改。

## 帮助

help-head = { $community }的邻里管家，能做这些：
help-report = 报修：发“#报修 3号楼2单元楼道灯不亮”，照片跟着发就行。也可以用 #投诉 #建议 #咨询 #紧急 #缴费，或者 @我。
help-steps = 每一步我都会告诉您。办好后点 👍 确认，没办好点 🔁。改了消息，工单跟着改；撤回消息，工单就取消。
help-staff = 物业：🙋 接单，🚗 出发，🔧 开始，✅ 办好；❓ 问报修人，📦 等配件；再点一下收回。
help-help = !{ $name } — 显示这份说明（!帮助 en 显示英文）
help-assign = !{ $name } 12 @王师傅 留言 — 派给一位师傅
help-claim = !{ $name } 12 — 接单
help-unclaim = !{ $name } 12 — 放下工单
help-set-out = !{ $name } 12 — 出发
help-start = !{ $name } 12 — 开始处理
help-ask-resident = !{ $name } 12 什么时候在家？ — 问报修人，等回复
help-put-off = !{ $name } 12 阀门，周四到 — 等配件或外面的师傅
help-resume = !{ $name } 12 — 等完了接着办
help-done = !{ $name } 12 — 办好了
help-undone = !{ $name } 12 — 收回“办好”
help-confirm = !{ $name } 12 — 报修人确认办结
help-reopen = !{ $name } 12 — 报修人重新打开
help-cancel = !{ $name } 12 — 报修人取消
help-decline = !{ $name } 12 原因 — 不受理，写明原因
help-merge = !{ $name } 12 7 — 把 12 并入 7（同一件事）
help-unmerge = !{ $name } 12 — 把 12 再分出来
help-rate = !{ $name } 12 5 — 评价：1（差）到 5（好）
help-reviewed = !{ $name } 12 … — 低分：写明了解的结果
help-eta = !{ $name } 12 今天下午 — 说好什么时候来，报修人会收到
help-urgent = !{ $name } 12 P1 — 改紧急程度（P0 危急、P1 紧急、P2 一般、P3 不急）；也可以点 ❗ 或 🐢
help-trade = !{ $name } 12 电梯 — 改工种
help-category = !{ $name } 12 投诉 — 改类别
help-address = !{ $name } 12 3-2-501 — 改地址
help-ticket = !{ $name } 12 — 看工单和经过
help-open = !{ $name } — 未办的工单
help-mine = !{ $name } — 我报的和我接的

## 处置

sanction-warn = 警告
sanction-redact = 删除消息
sanction-mute = 禁言
sanction-remove = 移出
sanction-ban = 封禁
span-seconds = { $count }秒
span-minutes = { $count }分钟
span-hours = { $count }小时
span-days = { $count }天
span-years = { $count }年
span-forever = 不限期
by-rule = 规则“{ $rule }”
by-native = { $name }（在客户端操作）
rule-exempt = 有职务的人不受处置
rule-strikes = 多次违规
no-reason = 未写明
reason-for-all = { $reason }（处置 { $no }；有异议可私信邻里管家）
case-line = #{ $no } { $member } · { $what } · 原因：{ $reason } · { $by } · { $at }
case-until = { $length }（到 { $until }）
case-one-room = （仅一个群）
end-over =     ↳ { $at } 到期
end-lifted =     ↳ { $at } 由{ $by }解除
end-undone =     ↳ { $at } 由{ $by }撤销

## 处置：告诉本人

sanctioned-warn = 您在{ $community }收到一次警告。原因：{ $reason }。处理人：{ $by }。处置编号 { $no }。
sanctioned-redact = 您在{ $community }的一条消息被删除了。原因：{ $reason }。处理人：{ $by }。处置编号 { $no }。
sanctioned-mute = 您在{ $community }被禁言{ $lasts }。原因：{ $reason }。处理人：{ $by }。处置编号 { $no }。
sanctioned-remove = 您被移出了{ $community }的群{ $lasts }。原因：{ $reason }。处理人：{ $by }。处置编号 { $no }。
sanctioned-remove-once = 您被移出了{ $community }的群。原因：{ $reason }。处理人：{ $by }。处置编号 { $no }。
sanctioned-ban = 您在{ $community }被封禁{ $lasts }。原因：{ $reason }。处理人：{ $by }。处置编号 { $no }。
sanctioned-ban-once = 您在{ $community }被封禁。原因：{ $reason }。处理人：{ $by }。处置编号 { $no }。
sanctioned-until = ，到 { $until } 为止
sanctioned-no-end = ，解除前一直有效
sanctioned-appeal = 如有异议，直接在这里写一句，管理员会看到。发送 !原因 可以看到全部记录。
sanctioned-ended = 处置 { $no }（{ $what }）已经结束，您可以照常使用了。
sanctioned-undone = 处置 { $no }（{ $what }）已撤销，当作没有发生过。

## 处置：物业群

staff-imposed = 🛡 { $line }
    撤销：!撤销 { $no }
staff-more-cases = 🛡 处置很多，这一小时内不再逐条通知；用 !记录 查看。
staff-rehearsal = 🛡（演练，没有执行）{ $member } · { $what } { $lasts } · { $by }
staff-too-weak = ⚠ 我在群 { $room } 的权限不够，无法{ $what }。请把我的权限等级调到 100（群主的权限我管不了）。
staff-native-exempt = ⚠ { $by } 在群 { $room } 里对 { $member } 做了“{ $what }”。{ $member } 不受处置，我没有带到别的群。
exempt-own = 我不能处置自己。
exempt-person = { $member } 是物业、管理员或者在免处置名单里，不受处置。
exempt-bot = { $member } 是机器人或桥接账号，不受处置。
too-weak = 我的权限不够，处置不了 { $member }。
dry-run = 现在是演练，没有执行；物业群里能看到本来会做什么。
not-allowed = 这项处置或者这么长的时间，不在您的权限之内。请找经理。
tap-too-old = 那条消息太久了，我不记得是谁发的。请用命令，例如“!禁言 @账号 2小时 原因”。
case-done = ✔ 处置 { $no }：{ $what }
redact-what = 请回复要删除的那条消息。
whom = 请回复那个人的消息，或者写上账号、名字，例如“!禁言 3-2-501 王芳 2小时 广告”。
whom-of = 有几个人叫这个名字，请写账号：{ $users }
nothing-to-lift = { $member } 现在没有要解除的处置。
lifted = ✔ 已解除 { $member } 的 { $count } 项处置。
no-such-case = 没有找到这个处置编号，例如“!撤销 12”。
undone-already = 这项处置已经撤销过了。
undone = ✔ 处置 { $no } 已撤销，恢复原样。
undone-but-gone = ✔ 处置 { $no } 已撤销；删掉的消息找不回来了。
history-of = { $member } 的记录（当前违规 { $strikes } 次）：
history-clean = { $member } 没有任何处置记录。
appeal-passed-on = 已转给管理员，会有人看的。（处置 { $no }）
appeal-once = 您的话已经转给管理员了，每项处置只转一次，请等一等。（处置 { $no }）
appeal-kept = 管理员看过了，处置 { $no } 维持不变。
appeal-card = 📨 { $member } 对处置有异议：{ $words }
    { $line }
    一共 { $count } 条记录。维持点 👌，解除点 🔓。
help-warn = !{ $name }（回复消息，或写名字）原因 — 警告
help-redact = !{ $name }（回复消息）原因 — 删除那条消息
help-mute = !{ $name } 2小时 原因 — 禁言；不写时间按设置
help-kick = !{ $name } 原因 — 移出
help-ban = !{ $name } 原因 — 封禁，可加时间
help-unmute = !{ $name } — 解除禁言
help-unban = !{ $name } — 解除封禁
help-pardon = !{ $name } — 解除全部处置，违规清零
help-undo = !{ $name } 12 — 撤销处置 12，恢复原样
help-history = !{ $name } — 看某人的记录
help-why = !{ $name } — 看自己的记录（私信）

## 名字

rule-naming = 名字规则
reason-name = 群名片没有按要求写
reason-imitates = 群名片像是在冒充工作人员
name-greeting = 您好，欢迎来到{ $community }！为了让邻居和物业知道您是哪一家，群里的名字请写成“门牌＋姓”。
name-changed = 您好，您的新名字“{ $name }”看不出是哪一家。在{ $community }的群里，请把名字写成“门牌＋姓”。
name-hint = 快好了！“{ $name }”还差一点。
name-reminder = 您好，提醒一下：您的名字“{ $name }”还没有改。过几天还没改的话，就暂时不能在群里发言了。
name-reminder-only = 您好，提醒一下：您的名字“{ $name }”还没有改。
name-reminder-room = { $who }，麻烦把群里的名字改成“门牌＋姓”，怎么改我私信您了。
name-muted = 您的名字“{ $name }”一直没有改，您暂时不能在群里发言。改好以后马上恢复，不用找人。
name-removed = 您的名字“{ $name }”一直没有改，您被移出了{ $community }的群。改好以后我会马上请您回来。
name-no-home = 问题：看不出门牌号（有几个单元的楼，要写上单元）。
name-no-surname = 问题：看不出您姓什么。
name-wrong-building = 问题：名字里的楼号和这个群的楼号不一样。如果您住别的楼，请进那栋楼的群。
name-unknown-home = 问题：小区里没有这个门牌号。
name-imitates-staff = 问题：这个名字像物业或管理员，邻居会弄错。改好之前您不能发言。
name-contact-or-advert = 问题：名字里不要写电话、微信号、网址或广告。
name-pattern = 问题：格式和小区要求的不一样。
name-example = 请改成这样（可以直接复制）：{ $example }
name-example-like = 请照这个样子写，换成您自己家的门牌和姓：{ $example }
name-how = 怎么改（手机）：点左上角自己的头像 → 设置 → 点自己的名字 → 改好后保存。
    怎么改（电脑）：点左上角自己的头像 → 所有设置 → 账户 → 显示名称 → 保存。
    改好我马上就能看到，不用回复。
name-right = 谢谢！“{ $name }”，这样就对了。
name-right-unmuted = 谢谢！“{ $name }”，这样就对了。您可以发言了。
name-right-invited = 谢谢！“{ $name }”，这样就对了。请您回来的邀请已经发出，接受就能进群。
name-welcome = 👋 欢迎新邻居 { $name }！
staff-imitation-muted = ⚠ “{ $name }”（{ $user }）的名字像工作人员，已禁言（处置 { $no }）。点 ⛔ 封禁，点 🚪 移出；认识的人请发 !撤销 { $no }。
staff-imitation = ⚠ “{ $name }”（{ $user }）的名字像工作人员。点 🔇 禁言，点 ⛔ 封禁，点 🚪 移出。
staff-crowded = ❓ 同一户已有 { $count } 个人用了这个门牌：最新的是 { $name }（{ $user }）。不认识的话点 🚪 移出；没问题不用管。

## 防护

help-raid = !{ $name } 开 / 关 — 突然进来很多人时，暂停发言、只许邀请进群
raid-room-until = 🛡 短时间内进来的人太多，群里暂停发言，到 { $until } 自动恢复。有急事请私信物业或我。
raid-room = 🛡 短时间内进来的人太多，群里暂停发言，稍后恢复。有急事请私信物业或我。
raid-asked-until = 🛡 管理员让群里先静一静：暂停发言，到 { $until } 自动恢复。有急事请私信物业或我。
raid-asked = 🛡 管理员让群里先静一静：暂停发言，稍后恢复。有急事请私信物业或我。
raid-begun = 🛡 防护已开启：居民暂停发言，只许邀请进群。结束请发 !防护 关。
raid-rehearsal = 现在是演练：群和入口都没有动。
raid-ended = ✔ 防护已结束，一切恢复原样。
raid-is-on = 防护正开着。结束请发 !防护 关。
raid-is-off = 防护没有开。开启请发 !防护 开（可以加时间，例如 !防护 开 3小时）。
raid-how = 请发 !防护 开、!防护 开 3小时，或者 !防护 关。
staff-raid = 🛡 短时间内进来了 { $count } 个人，已自动开启防护：居民暂停发言，只许邀请进群。没事的话请发 !防护 关。
staff-raid-rehearsal = 🛡（演练）短时间内进来了 { $count } 个人；正式运行时会开启防护。
staff-raid-over = 🛡 防护结束，一切恢复原样。

## 群规

help-rules = !{ $name } — 看群规
rules-head = { $community }群规
rules-tail = 看过并同意，请点一下 ✅。
rules-none = 还没有写群规。
rules-accepted = 谢谢，已记下您同意群规。

## 入群

help-moveout = !{ $name } 3-2-501 — 这一户搬走了，全家退出所有群（也可以写一个人的名字）
help-waiting = !{ $name } — 等管理员确认的新邻居
admission-in = 欢迎！{ $building }号楼群和公共群的邀请已经发出，点接受就进群了。
admission-in-no-room = 欢迎！公共群的邀请已经发出，点接受就进群了。{ $building }号楼还没有自己的群。
admission-in-already = 您已经在群里了：群都在您的列表里，还没接受的邀请也在那儿。
admission-lobby-left = 您已经进了自己楼的群，不用在这里等了。
admission-rules = 还差一步：请看看我发给您的群规，然后在下面点一下 ✅。
admission-asked = 名字对了，谢谢！已经请管理员确认，您不用做别的，可能要等一会儿。
admission-asked-or-code = 名字对了，谢谢！手上有自家验证码纸条的话，把验证码发给我，马上就能进群；没有也没关系，已经请管理员确认，可能要等一会儿。
admission-send-code = 名字对了，谢谢！请把自家纸条上的验证码发给我，例如 K7QM-4TXW。
admission-not-listed = 名字对了，谢谢！不过{ $community }的住户名册上，这一户没有这个姓。请联系物业登记一下。
admission-code-right = 验证码对了！请再把群里的名字改一下，改好马上就能进群。
admission-code-wrong = 这个验证码不对，或者已经用过了。请照着纸条一个一个核对；物业可以重新打印。
admission-code-mistyped = 这个验证码好像按错了一位，请照着纸条一个一个核对，再发一次。
admission-code-too-many = 错的验证码太多了，请过一个小时再试，或者联系物业。
admission-code-elsewhere = 验证码和名字里的门牌不是同一家。请把名字里的门牌改成纸条上的那一家；如果纸条写错了，请联系物业。
admission-refused = { $community }的管理员没能确认您住在这里，这次没有请您进群。如果弄错了，请联系物业。
admission-refused-reason = 管理员没能确认。
apply-card = 🚪 { $name }（{ $user }）想进群：{ $home }
    { $listed }
    { $state }
apply-listed = 名册上有这一户、这个姓。
apply-listed-others = 名册上这一户是：{ $surnames }
apply-listed-unknown = 名册上有这一户，没有写姓名。
apply-not-listed = 名册上没有这一户。
apply-open = 认识吗？✅ 请进，❌ 不请。
apply-let-in = ✅ { $by } 已同意（点 ❌ 再请出去）
apply-let-in-after-rules = ✅ { $by } 已同意，只等本人同意群规
apply-let-in-by-proof = ✅ 验证码或名册已经证明，请进来了
apply-refused = ❌ { $by } 没有同意（点 ✅ 改为请进）
apply-withdrawn = 🚪 这件事已经办完了。
apply-reminder = ⏰ 还有新邻居在等着进群，请看看上面的卡片。
staff-home-changed = ❓ { $name }（{ $user }）是以 { $from } 进来的，现在名字写的是 { $to }。不是搬家的话，点 🚪 移出。
staff-code-guessing = ⚠ 这一小时错的验证码非常多，最近的来自 { $user }。过一会儿才会再看验证码；点 ⛔ 封禁。
moveout-how = 哪一户搬走了？例如“!迁出 3-2-501”，只移一个人就写“!迁出 @账号”。
moveout-which = 这个门牌有好几户，是哪一户？{ $homes }
moveout-nobody = { $home } 没有认识的人。
moveout-done = ✔ { $home } 已迁出，做了什么请看物业群。
moveout-card = 📦 { $home } 搬走了。
moveout-members = 已退出所有群（{ $count } 人）：{ $members }
moveout-kept = 没有移出（有职务，或者我的权限不够）：{ $kept }
moveout-undo = 弄错了就点 ↩️，全部恢复。
moveout-undone = ✔ 已全部恢复，邀请正在发出。
list-comma = 、
waiting-nobody = 现在没有人等着进群。
waiting-head = 等着进群的（{ $count } 人），在各自的卡片上点 ✅ 或 ❌：
waiting-line = { $home } · { $name }（{ $user }）· 从 { $since } 起
rule-roster = 住户名册
reason-moved-out = 已搬走
reason-not-a-resident = 不住在这里
sanctioned-moved-out = 您在{ $community }的家登记为已搬走，所以退出了小区的群。祝新家一切顺利！如果弄错了，请联系物业。

## 名册

roster-no-text = 这一行有乱码。请把文件另存为“CSV UTF-8”再导入。
roster-open-quote = 这一行有个引号没有配对。请删掉多余的引号。
roster-columns = 这一行有 { $found } 格，应为 { $wanted } 格。请每行只写一户。
roster-no-column = 表头里没有“{ $column }”（home 即房号，building 即楼栋）这一列。请补上。
roster-no-rows = 文件里没有住户。请每行写一户：楼栋、单元、房号、姓名。
roster-no-phase = 几期都有 { $building } 号楼。请加一列“期”，写明是哪一期。
roster-unknown-phase = { $phase } 期没有 { $building } 号楼。请改正其中一项。
roster-no-building = 没写楼栋。请写上，比如 3。
roster-unknown-building = 小区里没有楼栋“{ $building }”。请改正，或先在配置里加上这栋楼。
roster-no-unit = 没写单元。{ $building } 号楼有这些单元：{ $units }。
roster-unknown-unit = { $building } 号楼没有单元“{ $unit }”，只有：{ $units }。
roster-unreadable-unit = “{ $unit }”不是单元。请写单元号，比如 2。
roster-no-home = 没写房号。请写上，比如 501。
roster-unreadable-home = “{ $home }”不是房号。请写房号，比如 501。
roster-unknown-home = { $building } 号楼不会有房号 { $home }。请改正，或检查配置里的楼层数和每层户数。
roster-two-homes = 这一行的几格写的不是同一户。请改正写错的那一格。
roster-unreadable-surname = 从“{ $name }”里看不出姓。请写上姓，不知道就空着。
roster-too-large = 文件太大了。请按楼栋分成几个文件导入。
roster-workbook = 这是 Excel 工作簿。请在 Excel 里另存为“CSV UTF-8”再导入。
roster-line = 第 { $line } 行：{ $why }

## 验证码纸条

sheet-title = { $community } · 入群验证码
sheet-heading = { $community } · 邻里群
sheet-picture = 邻里管家的二维码
sheet-step-1 = 用手机扫一扫右边的二维码。
sheet-step-2 = 跟邻里管家打个招呼，说一声“你好”。
sheet-step-3 = 把上面这八位验证码发给它，就好了。
sheet-note = 验证码只给您家用，请收好，别给外人看。

## 封禁名单

help-lists = !{ $name } — 在用的封禁名单；!{ $name } 执行 12 让等着的一条规则生效
rule-lists = 封禁名单
list-too-broad = ⚠ 名单 { $list } 里有一条会牵连所有人的规则：{ $entity }。我没有执行。
list-waits = ❓ 名单 { $list } 里有一条规则会封禁 { $count } 个人：{ $entity }。同意就发 !名单 执行 { $no }，不同意不用管。
lists-followed = 📋 { $list } · 规则 { $count } 条
lists-own = 📋 { $list } · 我们自己的，供别的机器人使用
lists-waiting =     ❓ { $no }：{ $entity }（等您决定：!名单 执行 { $no }）
lists-too-broad =     ⚠ { $no }：{ $entity }（会牵连所有人，没有执行）
lists-none = 没有在用封禁名单。
lists-no-such = 没有等着的这条规则。发 !名单 看全部。
lists-applied = ✔ 规则生效了，涉及 { $count } 个人。

## 广告

rule-spam = 防广告
reason-spam-contact = 联系方式“{ $what }”
reason-spam-link = 有链接
reason-spam-link-denied = 不欢迎的链接 { $what }
reason-spam-link-look-alike = 仿冒网址 { $what }
reason-spam-link-near = 和知名网站差一点的网址 { $what }
reason-spam-link-invitation = 拉人去别处（{ $what }）
reason-spam-link-number = 只有数字的网址 { $what }
reason-spam-link-shortener = 看不出去向的短链接（{ $what }）
reason-spam-link-disguised = 变形的链接 { $what }
reason-spam-reads = 读起来像广告
reason-spam-listed = 小区词表：“{ $what }”
reason-spam-again = { $span } 分钟内同样内容发了 { $what } 次
reason-spam-rooms = 同样内容发到 { $what } 个群
reason-spam-others = { $what } 个新号发同样内容
reason-spam-repeated = 同样内容反复发
reason-spam-mentions = 一次点名 { $what } 人
reason-spam-everybody = 点名所有人
reason-spam-calls = 一次点名太多人
reason-spam-media = 新人发的图片
reason-spam-name = 名字是广告
reason-spam-code = 二维码，通向 { $what }
reason-spam-flood = { $span } 秒内 { $what } 条消息
reason-spam-wall = { $span } 秒内 { $what } 个字
reason-spam-too-much = 一下子发太多
reason-spam-invitations = { $span } 分钟内邀请了 { $what } 人
reason-spam-invites = 一下子邀请太多人
reason-spam-moderator = 管理员认定是广告
reason-spam-emergency = 内容涉及危险，要由人决定
reason-spam-pardoned = 管理员放行过这段话
spam-head-one = 🚯 广告 { $no }：{ $names } · { $messages } 条 · { $done }{ $stopped }{ $swept }
spam-head = 🚯 广告 { $no }：{ $rooms } 个群、{ $people } 个账号、{ $messages } 条（{ $names } 等） · { $done }{ $stopped }{ $swept }
spam-head-name = 🚯 广告 { $no }（名字）：{ $names } · { $done }{ $stopped }{ $swept }
spam-head-heading = 🚯 广告 { $no }（群名或群简介）：{ $names } · { $done }{ $stopped }{ $swept }
spam-head-invitations = 🚯 广告 { $no }：{ $names } 一下子邀请很多人 · { $done }{ $stopped }{ $swept }
spam-asked = 没有处理，请看一眼
spam-removed = 已删除
spam-muted = 已删除并禁言
spam-silenced = 报修太多，已禁言，报修都保留
spam-banned = 已删除并封禁
spam-would = 本应删除
spam-swept = ，另删其 { $count } 条
spam-stopped = （发出前拦下 { $count } 条）
spam-refused = 这条消息没有发出：{ $reason }。如果弄错了，请私信小区管家。
spam-refused-invite = 您短时间内邀请的人太多了。请稍等，或者找管理员帮忙。
spam-refused-join = 您在这里被封禁了。如果弄错了，请私信小区管家。
spam-quote = “{ $text }”
spam-why = 依据：{ $reasons }（{ $score } 分）
spam-rehearsed = （演练，什么都没做）
spam-weak = ⚠ 其中有的群我权限不够，请把我设为 100。
spam-taps = 点 ✅ 没错，❌ 误判（全部撤回，这段话以后放行），⛔ 全部封禁。
spam-taps-asked = 是广告吗？点 ✅ 是（删除并禁言），❌ 不是（这段话以后放行），⛔ 封禁。
spam-was-right = ✅ { $by }确认没错 · { $at }
spam-was-wrong = ❌ { $by }认定误判，已全部撤回 · { $at }
spam-was-banned = ⛔ { $by }已全部封禁 · { $at }
spam-more = 🚯 广告太多，这一小时内不再逐个报告；!广告 可以看到最近的。
spam-room = 🧹 正在清理广告。如果误删了您的消息，请私信我。
spam-exempt = 物业、管理员、机器人和免处置的账号不会发广告。
spam-decided = 已经决定过了；认定没错的还可以改成误判。
spam-no-such-wave = 没有这个编号的广告。!广告 可以看到最近的。
spam-done-right = ✔ 广告 { $no }：没错。
spam-done-wrong = ✔ 广告 { $no }：已全部撤回，这段话以后放行。
spam-done-ban = ✔ 广告 { $no }：已全部封禁。
spam-how = !广告 看最近的；!广告 对 3、!广告 误判 3、!广告 封禁 3；!广告 允许 example.com、!广告 禁止 example.com、!广告 取消 example.com
spam-none = 到现在还没有广告。
spam-last = 最近的广告：
spam-line = { $no } · { $at } · { $messages } 条/{ $people } 人 · “{ $text }” · { $state }
spam-state-right = 没错
spam-state-wrong = 误判，已撤回
spam-host-allowed = ✔ 以后欢迎 { $host } 的链接。
spam-host-denied = ✔ 以后会删除 { $host } 的链接。
spam-host-forgotten = ✔ { $host } 不再列名。
sanctioned-undone-spam = 处置 { $no }（{ $what }）已撤销，当作没有发生过：您的消息不是广告，是我们弄错了。删掉的恢复不了，请再发一次，这次会放行。
help-spam = !{ $name } —— 最近的广告；对 3、误判 3、封禁 3；允许或禁止某个网址
