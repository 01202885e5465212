# Every sentence the bot says. Line by line the twin of zh-CN.ftl.

test-sentence = { $who }: { $what }
call = { $who },

## The card

card-head = 🧾 Ticket #{ $no } · { $category } · { $state }
card-where = 📍 { $where }
card-matter = 🧭 { $matter }
matter-public = shared
matter-repeat = again
urgency-p0 = P0 danger
urgency-p1 = P1 urgent
urgency-p2 = P2 normal
urgency-p3 = P3 can wait
trade-electric = electric
trade-plumbing = plumbing
trade-lift = lift
trade-door = doors
trade-structure = building
trade-cleaning = cleaning
trade-green = green
trade-parking = parking
trade-noise = noise
trade-security = security
trade-network = network
trade-fee = fees
trade-other = other
card-text = 📝 { $text }
card-private = 🔒 Only the reporter and staff can see what it says
card-blanked = (The report was taken back.)
reporter = Reporter
card-reporter = 👤 { $name }
card-voices = ➕ { $count } more neighbour(s) follow it
card-pictures = 📷 { $pictures } photo(s)
card-files = 📎 { $others } file(s)
card-pictures-files = 📷 { $pictures } photo(s), 📎 { $others } file(s)
card-eta = 🕒 Expected { $when }
card-stars = ⭐ { $stars } of 5
card-why = 💬 { $why }
card-worker = 🛠 { $name }
hint-new = 👉 Staff: tap 🙋 to claim it. To add something, reply to this card.
hint-claimed = 👉 Tap 🚗 on your way, 🔧 when you begin, ✅ when it is done. To add something, reply to this card.
hint-in-progress = 👉 Tap ✅ when it is done, ❓ if you need a word from the reporter, 📦 to wait for material. To add something, reply to this card.
hint-waiting-resident = 👉 Reporter: please answer by a reply to this card. Staff: 🔧 goes on.
hint-waiting-others = 👉 Staff: 🔧 when it goes on. To add something, reply to this card.
hint-done = 👉 Reporter: tap 👍 if all is well, 🔁 if it is not.
hint-confirmed = 👉 Finished. Thank you all.
hint-cancelled = 👉 Cancelled.
hint-merged = 👉 This is seen to in ticket #{ $into }.
hint-declined = 👉 Reporter: if you see it otherwise, tap 🔁.

category-repair = repair
category-complaint = complaint
category-suggestion = suggestion
category-question = question
category-emergency = emergency
category-fee = fee
category-none = matter

state-new = waiting for staff
state-claimed = claimed
state-on-the-way = on the way
state-in-progress = in progress
state-waiting-resident = waiting for the reporter
state-waiting-others = waiting for material
state-done = waiting for your yes
state-confirmed = finished
state-reopened = open again
state-cancelled = cancelled
state-merged = merged
state-declined = declined

address-phase = Phase { $value }
address-building = Building { $value }
address-unit = Unit { $value }
address-floor = Floor { $value }
address-home = Home { $value }

## What the reporter is told at every step

told-claim = { $reporter }, { $who } has taken ticket #{ $no }. Please watch for messages.
told-assign = { $reporter }, { $to } sees to ticket #{ $no } now. Please watch for messages.
told-expired = Ticket #{ $no } is being given to somebody else.
told-eta = { $reporter }, ticket #{ $no } will be seen to: { $when }.
voice-neighbour = a neighbour
voice-one = { $who }
voice-all = { $who } and { $count } more neighbour(s)
voice-joined = { $who }, this has been reported already: ticket #{ $no } ({ $where }, { $state }). Yours is noted too, and you hear how it goes. If it is something else, tap 🆕.
voice-own = { $who }, your ticket #{ $no } ({ $where }) is being seen to: { $state }. This is noted too. If it is something else, tap 🆕.
voice-inherits = { $who }, whoever reported ticket #{ $no } has taken it back. You reported it too, so it goes on for you.
told-unclaim = { $reporter }, { $who } cannot come for ticket #{ $no } after all{ $why }; we are sending somebody else.
told-set-out = { $reporter }, { $who } is on the way for ticket #{ $no }{ $why }.
told-start = { $reporter }, { $who } has begun work on ticket #{ $no }{ $why }.
told-ask-resident = { $reporter }, { $who } needs a word from you about ticket #{ $no }{ $why }. Please reply to this message; until then the ticket waits.
told-answer = Your answer on ticket #{ $no } has been passed on.
told-put-off = { $reporter }, ticket #{ $no } has to wait for material or for somebody from outside{ $why }. You hear from us when it goes on.
told-resume = { $reporter }, ticket #{ $no } goes on{ $why }.
told-decline = { $reporter }, { $who } cannot take ticket #{ $no } on{ $why }. If you see it otherwise, tap 🔁 on the card.
told-contested = The managers will have another look at ticket #{ $no }{ $why }.
told-merge = { $reporter }, ticket #{ $no } and #{ $into } are the same matter and are seen to together; you hear how it goes.
told-unmerge = { $reporter }, ticket #{ $no } is seen to by itself again; you hear how it goes.
told-why = { " " }({ $why })
told-done = { $reporter }, { $who } says that ticket #{ $no } is done{ $why }. Tap 👍 if all is well, 🔁 if it is not.
told-undone = { $reporter }, ticket #{ $no } is not done yet{ $why }; { $who } is still at it.
told-confirm = Ticket #{ $no } is finished. Thank you for telling us.{ $rate }
told-confirm-by = { $reporter }, { $who } has marked ticket #{ $no } as finished. If it is not, tap 🔁.{ $rate }
told-confirm-by-time = Ticket #{ $no } is finished: nothing was heard since it was done. If it is not mended, tap 🔁 on its card.{ $rate }
rate-ask = { " " }How was it? Tap 1️⃣ (poor) to 5️⃣ (very good) here; a word as a reply helps, too.
rate-remind = { $reporter }, how was ticket #{ $no }? One tap on the message above, 1️⃣ to 5️⃣, helps your neighbours; I do not ask again.
rate-thanks = Thank you: { $stars } of 5 for ticket #{ $no }.
rate-how = Please write a number from 1 (poor) to 5 (very good): !rate { $no } 5
rate-not-yours = Only whoever reported ticket #{ $no } can say how it was.
rate-not-yet = Ticket #{ $no } is not done yet; you can say how it was when it is.
told-rated-low = { $reporter }, thank you for saying so. The managers look into ticket #{ $no } and tell you.
told-reviewed = { $reporter }, { $who } has looked into what you said of ticket #{ $no }{ $why }.
follow-ask = { $reporter }, ticket #{ $no } was finished { $ago } ago. Is it still all right? Tap 👍 if so, 🔁 if it has come back.
review-open = 🔎 { $called } { $who } gives { $stars } of 5 for ticket #{ $no } ({ $where }; done by { $worker }). Please look into it, then tap ✅ here, or write what came of it: !reviewed { $no } …
review-words = 🔎 { $who } says more about ticket #{ $no }: { $words }
review-over = 🔎 Ticket #{ $no }, { $stars } of 5: looked into by { $by }.
review-dropped = 🔎 Ticket #{ $no }: the stars were changed; nothing to look into.
review-by = { $who }{ $why }
review-none = There is nothing to look into for ticket #{ $no }.
told-reopen = Ticket #{ $no } is open again{ $why }; somebody will have another look.
told-reopen-by = { $reporter }, { $who } has opened ticket #{ $no } again{ $why }.
told-restored = Ticket #{ $no } is back; somebody will see to it.
told-cancel = Ticket #{ $no } is cancelled{ $why }. To bring it back, tap 🔁 on the card.
told-cancel-by = { $reporter }, { $who } has cancelled ticket #{ $no }{ $why }. If that is wrong, tap 🔁 on the card or say so here.

## The staff room

staff-claim = { $called } ticket #{ $no } is yours ({ $where }). Tap ✅ on the card when it is done.
staff-assign = { $called } { $who } has given you ticket #{ $no } ({ $where }). { $words }{ $relieved }
staff-relieved = { " " }{ $who }, no need for you to go.
staff-unclaim = { $called } { $who } has put ticket #{ $no } back. Who takes it? Tap 🙋.
staff-answer = { $called } { $who } has answered about ticket #{ $no }: { $words }
staff-decline = { $called } { $who } has declined ticket #{ $no }: { $words }
staff-contested = { $called } { $who } does not agree that ticket #{ $no } is declined. Please have a look; 🙋 takes it.
staff-reopen = { $called } ticket #{ $no } is not mended: { $who } has opened it again. Please have another look.
staff-restored = { $called } { $who } has brought ticket #{ $no } back; it still needs somebody.
staff-cancel = { $called } { $who } has cancelled ticket #{ $no }; no need to go.
staff-confirm = 👍 { $who } confirms that ticket #{ $no } is finished. Well done.
staff-withdrawn = { $called } { $who } has taken the report of ticket #{ $no } back; it is cancelled.
alarmed = 🆘 { $called } people may be in danger: ticket #{ $no } ({ $where }).{ $nobody } Who goes taps 🙋.
alarmed-again = 🆘 { $called } still nobody has taken ticket #{ $no } ({ $where }), { $age } on. Tap 🙋 and go.
nobody-on-duty = { " " }Nobody for this trade ({ $trade }) is on duty now: whoever can, please go.
nobody-on-shift = { " " }Nobody for this trade ({ $trade }) is at work now.
place-unknown = no place told; ask the reporter
safety-fire = { $reporter } 🆘 If something is burning: go now, shut the door behind you, take the stairs and no lift, and ring { $fire }. Do not go back for things. I am calling the staff.
safety-gas = { $reporter } 🆘 If you smell gas: touch no switch, light nothing, do not telephone indoors. Shut the gas cock and open a window only if that is done in passing, go outside, and ring { $gas } from there. I am calling the staff.
safety-trapped = { $reporter } 🆘 Whoever is shut in: do not force the doors and do not climb out; keep away from the doors and press the alarm button. Lift rescue: { $lift }; if somebody is unwell: { $medical }. I am calling the staff.
safety-current = { $reporter } 🆘 Water or a bare wire, and current: keep away and touch nothing electric. Switch off at the breaker only with dry hands and dry feet. Touch nobody who has had a shock before it is off; ring { $medical }. I am calling the staff.
safety-missing = { $reporter } 🆘 Ring the police at once: { $police }; there is no need to wait a day. Tell us here what they wear, and when and where they were last seen. I am calling the staff to look at the gates and cameras.
safety-life = { $reporter } 🆘 If somebody is hurt or ill: { $medical }. If somebody threatens: get away first, then { $police }. Stay with whoever is hurt until help comes. I am calling the staff.
safety-falling = { $reporter } 🆘 Keep away from below and keep others away, children above all. If something has hit somebody: { $medical }. I am calling the staff to close the place off.
safety-other = { $reporter } 🆘 If somebody is in danger, get to safety first, then ring: fire { $fire }, ambulance { $medical }, police { $police }. I am calling the staff.
call-answer-soon = ⏰ { $called } ticket #{ $no } ({ $where }) has waited { $age } and nobody has taken it; it is late in { $left }.{ $nobody } Who goes taps 🙋.
call-answer-late = ⏰ { $called } ticket #{ $no } ({ $where }) has waited { $age } and nobody has taken it; it is late.{ $nobody } Who goes taps 🙋.
call-resolve-soon = ⏰ { $called } ticket #{ $no } ({ $where }) was promised to be done within { $left }.{ $nobody } If it is done, tap ✅; if it takes longer, reply !eta tomorrow morning, and I tell the reporter.
call-resolve-late = ⏰ { $called } ticket #{ $no } ({ $where }) was promised to be done { $left } ago.{ $nobody } If it is done, tap ✅; if it takes longer, reply !eta tomorrow morning, and I tell the reporter.
call-claim = ⏰ { $called } you claimed ticket #{ $no } ({ $where }) { $age } ago and nothing has happened. Tap 🚗 on your way, 🔧 when you begin; if it has to wait, reply !eta tomorrow morning. In { $left } it goes back to everybody.
call-claim-danger = ⏰ { $called } people may be in danger: you claimed ticket #{ $no } ({ $where }) { $age } ago and nothing has happened. Tap 🚗 on your way, 🔧 when you are there. In { $left } everybody is called again.
call-eta = ⏰ { $called } the time you named for ticket #{ $no } ({ $where }), { $eta }, has come. If it is done, tap ✅; if it takes longer, reply !eta tomorrow morning, and I tell the reporter.
staff-expired = ↩️ { $called } nothing has happened to ticket #{ $no } since it was claimed, so it is back. Who goes taps 🙋.

## When it cannot be

refused-not-staff = { $name }, this step is for staff to tap. Thank you for helping.
refused-taken = { $name }, { $worker } already has ticket #{ $no }.
refused-not-claimed = { $name }, nobody has claimed ticket #{ $no } yet. Please tap 🙋 first.
refused-not-reporter = { $name }, this step is for the reporter of ticket #{ $no }.
refused-too-many = { $name }, ticket #{ $no } was not given: whoever would have it already has as many open ones as one person may have.
refused-state = { $name }, ticket #{ $no } is “{ $state }” now; that step does not fit.
command-unknown = There is no such command. Send !help to see what I can do.
command-for-staff = { $name }, only staff can use this command.
command-for-moderators = { $name }, only moderators can use this command.
command-for-managers = { $name }, only the manager can use this command.
no-such-ticket = There is no ticket #{ $no }.
assign-whom = To whom? Please name one of staff: !assign 12 @Wang. There are: { $staff }
eta-how = I do not understand that time, or it has passed. Write it like this: !eta 12 this afternoon, tomorrow at 10, Thursday, in two hours.
merge-how = Into which ticket? Give its number: !merge 12 7 puts 12 into 7; or reply !merge 7 to the card of 12.
merge-not = Ticket #{ $no } cannot take it in: neither may be private or withdrawn, and the one that takes in must be open.
merge-danger = Ticket #{ $no } may be about people in danger and cannot go into one that is not.
decline-why = Please say why, the reporter reads it: !decline 12 the balcony is your own.
which-ticket = Which ticket? Please add its number, as in “!ticket 12”, or reply to its card.

## Lists and history

open-none = No ticket is open.
mine-none = You have no open ticket. To report something, send “#repair ” with the place and what is wrong.
list-head = Open tickets ({ $count }):
list-row = { $row } ({ $age })
morning-head = ☀️ Good morning! { $open } open: { $free } unclaimed, { $late } late, { $waiting } waiting.
morning-free = 🙋 Unclaimed:
morning-late = 🔴 Late:
morning-waiting = ⏳ Waiting:
morning-hand = 🛠 { $who }: { $numbers }
list-more = … and { $count } more.
row-unclaimed = { $head } { $text }
row-claimed = { $head } { $text } 🛠 { $worker }
time-day = %-d %b
age-minutes = { $count } min
age-hours = { $count } h
age-days = { $count } d
history-row = { $at } { $who }: { $what }
history-opened = reported it
history-claim = claimed it
history-assign = gave it to { $to }
history-unclaim = put it back
history-set-out = set out
history-start = began
history-ask-resident = asked the reporter and waits
history-answer = answered
history-put-off = waits for material or somebody from outside
history-resume = goes on
history-done = done
history-undone = took “done” back
history-confirm = confirmed
history-reopen = opened it again
history-cancel = cancelled it
history-decline = declined it
history-merge = put into another ticket
history-unmerge = by itself again
history-gathered = took in ticket #{ $from }
history-words = { $what } ({ $words })
history-said = said: { $text }
history-said-hidden = said something
history-voice = reported it too: { $text }
history-rated = gave { $stars } of 5
history-unrated = took the stars back
history-reviewed = looked into it
history-followed-up = asked whether it is still all right
history-still-well = says that it is still all right
history-left = no longer follows
history-inherited = goes on with it
history-attached = sent a picture or a file
history-edited = changed the report
history-withdrawn = took something back
history-alarmed = called the staff: people may be in danger
history-nobody-on-duty = found nobody of the trade on duty
history-eta = named a time
history-call-answer = reminded: nobody has taken it
history-call-resolve = reminded: it was promised to be done
history-call-claim = reminded: claimed, and nothing happened
history-call-eta = reminded: the time named has come
history-corrected-urgency = set the urgency to { $to }
history-corrected-trade = set the trade to { $to }
history-corrected-category = set the category to { $to }
history-corrected-address = set the address to { $to }
correct-unknown = “{ $value }” means nothing here. You can write: { $choices }.
correct-not-yours = Only staff can change this; the reporter, too, can change the address.

## Help

help-head = What the steward of { $community } can do:
help-report = To report: send “#repair corridor light in building 3, unit 2 is dead”; photos can follow. Also #complaint #suggestion #question #emergency #fee, or mention me.
help-steps = I tell you every step. When it is done, tap 👍, or 🔁 if it is not. Edit your message and the ticket changes; delete it and the ticket is cancelled.
help-staff = Staff: 🙋 claim, 🚗 on the way, 🔧 begin, ✅ done; ❓ ask the reporter, 📦 wait for material; tap again to take it back.
help-help = !{ $name } — this text (!help 中文 for Chinese)
help-assign = !{ $name } 12 @Wang note — give it to somebody of staff
help-claim = !{ $name } 12 — claim a ticket
help-unclaim = !{ $name } 12 — put it back
help-set-out = !{ $name } 12 — on the way
help-start = !{ $name } 12 — begin
help-ask-resident = !{ $name } 12 when are you at home? — ask the reporter, and wait for the answer
help-put-off = !{ $name } 12 a valve, on Thursday — wait for material or somebody from outside
help-resume = !{ $name } 12 — go on after a wait
help-done = !{ $name } 12 — it is done
help-undone = !{ $name } 12 — it is not done after all
help-confirm = !{ $name } 12 — the reporter confirms
help-reopen = !{ $name } 12 — the reporter opens it again
help-cancel = !{ $name } 12 — the reporter cancels it
help-decline = !{ $name } 12 why — decline it, with the reason
help-merge = !{ $name } 12 7 — put 12 into 7 (the same matter)
help-unmerge = !{ $name } 12 — take 12 out again
help-rate = !{ $name } 12 5 — say how it was, from 1 (poor) to 5 (very good)
help-reviewed = !{ $name } 12 … — few stars: say what came of it
help-eta = !{ $name } 12 this afternoon — say when somebody comes; the reporter is told
help-urgent = !{ $name } 12 P1 — set the urgency (P0 danger, P1 urgent, P2 normal, P3 can wait); or tap ❗ or 🐢
help-trade = !{ $name } 12 lift — set the trade
help-category = !{ $name } 12 complaint — set the category
help-address = !{ $name } 12 3-2-501 — set the address
help-ticket = !{ $name } 12 — show a ticket and what happened
help-open = !{ $name } — what is open
help-mine = !{ $name } — what you reported and what you claimed

## Sanctions

sanction-warn = warning
sanction-redact = message removed
sanction-mute = mute
sanction-remove = removal
sanction-ban = ban
span-seconds = { $count } s
span-minutes = { $count } min
span-hours = { $count } h
span-days = { $count } d
span-years = { $count } y
span-forever = without end
by-rule = the rule “{ $rule }”
by-native = { $name } (in their client)
rule-exempt = people with a role are not sanctioned
rule-strikes = repeated breaches
no-reason = none given
reason-for-all = { $reason } (case { $no }; to object, write to the steward in private)
case-line = #{ $no } { $member } · { $what } · reason: { $reason } · { $by } · { $at }
case-until = { $length } (until { $until })
case-one-room = (one room only)
end-over =     ↳ over at { $at }
end-lifted =     ↳ lifted at { $at } by { $by }
end-undone =     ↳ undone at { $at } by { $by }

## Sanctions: told to the member

sanctioned-warn = You have got a warning in { $community }. Reason: { $reason }. By: { $by }. Case { $no }.
sanctioned-redact = A message of yours in { $community } was removed. Reason: { $reason }. By: { $by }. Case { $no }.
sanctioned-mute = You are muted in { $community } { $lasts }. Reason: { $reason }. By: { $by }. Case { $no }.
sanctioned-remove = You were removed from the rooms of { $community } { $lasts }. Reason: { $reason }. By: { $by }. Case { $no }.
sanctioned-remove-once = You were removed from the rooms of { $community }. Reason: { $reason }. By: { $by }. Case { $no }.
sanctioned-ban = You are banned in { $community } { $lasts }. Reason: { $reason }. By: { $by }. Case { $no }.
sanctioned-ban-once = You are banned in { $community }. Reason: { $reason }. By: { $by }. Case { $no }.
sanctioned-until = until { $until }
sanctioned-no-end = until it is lifted
sanctioned-appeal = If you object, just write a sentence here; the moderators will see it. Send !why for your whole record.
sanctioned-ended = Case { $no } ({ $what }) has ended; everything is as usual again.
sanctioned-undone = Case { $no } ({ $what }) was undone, as if it had never been.

## Sanctions: in the staff room

staff-imposed = 🛡 { $line }
    Undo: !undo { $no }
staff-more-cases = 🛡 Many sanctions: within this hour they are not told one by one; see !history.
staff-rehearsal = 🛡 (rehearsal, not done) { $member } · { $what } { $lasts } · { $by }
staff-too-weak = ⚠ My power in the room { $room } is too small for: { $what }. Please give me power level 100 (over the room's owner I have none).
staff-native-exempt = ⚠ { $by } did this to { $member } in the room { $room }: { $what }. { $member } is never sanctioned, so I did not carry it to other rooms.
exempt-own = I cannot sanction myself.
exempt-person = { $member } is staff, a moderator or on the list of exempt people, and is never sanctioned.
exempt-bot = { $member } is a bot or a bridge's account, and is never sanctioned.
too-weak = My power is too small to sanction { $member }.
dry-run = This is a rehearsal and nothing was done; the staff room shows what would have been.
not-allowed = This sanction, or one so long, is not yours to give. Please ask a manager.
tap-too-old = That message is too old; I do not remember who sent it. Please use a command, such as “!mute @somebody:server 2h reason”.
case-done = ✔ Case { $no }: { $what }
redact-what = Please answer the message that is to be removed.
whom = Please answer a message of theirs, or give an id or a name, such as “!mute 3-2-501 Wang 2h advert”.
whom-of = Several people have this name; please give the id: { $users }
nothing-to-lift = There is nothing to lift for { $member }.
lifted = ✔ Lifted for { $member }: { $count }
no-such-case = There is no case of this number. An example: “!undo 12”.
undone-already = This case has been undone before.
undone = ✔ Case { $no } is undone; all is as it was.
undone-but-gone = ✔ Case { $no } is undone; the message that was removed cannot come back.
history-of = The record of { $member } (strikes now: { $strikes }):
history-clean = { $member } has a clean record.
appeal-passed-on = Passed on to the moderators; somebody will look at it. (case { $no })
appeal-once = Your words are with the moderators already; for each case they are passed on once. Please wait a little. (case { $no })
appeal-kept = The moderators have looked at it: case { $no } stands.
appeal-card = 📨 { $member } objects to a sanction: { $words }
    { $line }
    Cases altogether: { $count }. Tap 👌 to keep it, 🔓 to lift it.
help-warn = !{ $name } (answering a message, or with a name) reason — warn
help-redact = !{ $name } (answering a message) reason — remove that message
help-mute = !{ $name } 2h reason — mute; without a time, for as long as is set
help-kick = !{ $name } reason — remove
help-ban = !{ $name } reason — ban, with a time if you like
help-unmute = !{ $name } — lift a mute
help-unban = !{ $name } — lift a ban
help-pardon = !{ $name } — lift everything, and forget all strikes
help-undo = !{ $name } 12 — undo case 12: all is as it was
help-history = !{ $name } — somebody's record
help-why = !{ $name } — your own record, in private

## Names

rule-naming = names
reason-name = the display name is not as the community asks
reason-imitates = the display name passes for staff
name-greeting = Welcome to { $community }! So that neighbours and staff know which home you are from, please use “home + surname” as your name here.
name-changed = Your new name “{ $name }” does not tell which home you are from. Please use “home + surname” as your name in { $community }.
name-hint = Nearly there! “{ $name }” is not quite it yet.
name-reminder = A friendly reminder: your name “{ $name }” is still to be changed. If it stays so for some days, you cannot write here for the time being.
name-reminder-only = A friendly reminder: your name “{ $name }” is still to be changed.
name-reminder-room = { $who }, please change your name here to “home + surname”. I have written to you in private how to do it.
name-muted = Your name “{ $name }” was not changed, so you cannot write here for the time being. As soon as it is right you can; you need not ask anybody.
name-removed = Your name “{ $name }” was not changed, so you were removed from the rooms of { $community }. As soon as it is right I shall invite you back.
name-no-home = What is missing: your home (with the unit, where a building has several).
name-no-surname = What is missing: your surname.
name-wrong-building = The trouble: the building in your name is not the one of this room. If you live in another building, please join the room of that one.
name-unknown-home = The trouble: there is no such home here.
name-imitates-staff = The trouble: the name looks like one of the staff or of a moderator, and neighbours would be misled. Until it is changed you cannot write here.
name-contact-or-advert = The trouble: a name must not hold telephone numbers, handles, links or adverts.
name-pattern = The trouble: it does not have the form that the community asks for.
name-example = Please use (ready to copy): { $example }
name-example-like = Please write it like this, with your own home and surname: { $example }
name-how = On a telephone: tap your picture at the top left → Settings → your name → change it and save.
    On a computer: click your picture at the top left → All settings → Account → Display name → Save.
    I see it at once; you need not answer.
name-right = Thank you! “{ $name }” is just right.
name-right-unmuted = Thank you! “{ $name }” is just right. You can write again.
name-right-invited = Thank you! “{ $name }” is just right. The invitations back are on their way; accept them to come in.
name-welcome = 👋 Welcome, { $name }!
staff-imitation-muted = ⚠ The name “{ $name }” ({ $user }) passes for staff; muted (case { $no }). Tap ⛔ to ban, 🚪 to remove; if you know them, send !undo { $no }.
staff-imitation = ⚠ The name “{ $name }” ({ $user }) passes for staff. Tap 🔇 to mute, ⛔ to ban, 🚪 to remove.
staff-crowded = ❓ One home has { $count } members by now; the newest is { $name } ({ $user }). If you do not know them, tap 🚪 to remove them; otherwise leave it.

## Raids

help-raid = !{ $name } on / off — when very many people come in at once: nobody speaks, and doors open by invitation
raid-room-until = 🛡 Very many people have come in at once, so nobody can write here until { $until }; then all is as before. If it is urgent, write to the staff or to me in private.
raid-room = 🛡 Very many people have come in at once, so nobody can write here for a while. If it is urgent, write to the staff or to me in private.
raid-asked-until = 🛡 The moderators have closed this room for a while: nobody can write here until { $until }; then all is as before. If it is urgent, write to the staff or to me in private.
raid-asked = 🛡 The moderators have closed this room for a while, so nobody can write here. If it is urgent, write to the staff or to me in private.
raid-begun = 🛡 Raid mode is on: residents cannot write, and people come in by invitation only. Send !raid off to end it.
raid-rehearsal = This is a rehearsal: rooms and doors stay as they are.
raid-ended = ✔ Raid mode is over; all is as it was.
raid-is-on = Raid mode is on. Send !raid off to end it.
raid-is-off = Raid mode is off. Send !raid on to begin it (with a time if you like: !raid on 3h).
raid-how = Send !raid on, !raid on 3h, or !raid off.
staff-raid = 🛡 { $count } people have come in within a short time. Raid mode is on: residents cannot write, and people come in by invitation only. If all is well, send !raid off.
staff-raid-rehearsal = 🛡 (rehearsal) { $count } people have come in within a short time; raid mode would begin now.
staff-raid-over = 🛡 Raid mode is over; all is as it was.

## Rules

help-rules = !{ $name } — the rules of the community
rules-head = The rules of { $community }
rules-tail = If you have read them and agree, please tap ✅.
rules-none = No rules have been written yet.
rules-accepted = Thank you; it is noted that you accept the rules.

## Admission

help-moveout = !{ $name } 3-2-501 — a home moves out: its members leave all rooms (or !{ $name } and somebody's name)
help-waiting = !{ $name } — newcomers who wait for a moderator
admission-in = Welcome! The invitations to the room of building { $building } and to the rooms for everybody are on their way; accept them and you are in.
admission-in-no-room = Welcome! The invitations to the rooms for everybody are on their way. Building { $building } has no room of its own yet.
admission-in-already = You are in already: your rooms, and invitations that you have not accepted yet, are in your list.
admission-lobby-left = You are in your building's room now and need not wait here any more.
admission-rules = One thing is left: please read the rules that I have sent you here, and tap ✅ below them.
admission-asked = Your name is right, thank you. A moderator will look at it now; you need not do anything. It can take a while.
admission-asked-or-code = Your name is right, thank you. If you have got a slip with a code for your home, send me the code here and you are in at once. Otherwise a moderator will look at it; that can take a while.
admission-send-code = Your name is right, thank you. Now please send me the code on the slip for your home here, such as K7QM-4TXW.
admission-not-listed = Your name is right, thank you; but the list of residents of { $community } does not have it for this home. Please ask the property office to put it there.
admission-code-right = The code is right. Now please change your name here, and you are in at once.
admission-code-wrong = This code is not valid, or was used before. Please compare it with the slip, sign by sign; the property office can print a new one.
admission-code-mistyped = That looks like a code with a slip of the finger. Please compare it with your slip, sign by sign, and send it again.
admission-code-too-many = There have been too many wrong codes. Please wait for an hour and try again, or ask the property office.
admission-code-elsewhere = Your code is of another home than your name says. Please use the home of the slip in your name; if the slip is wrong, ask the property office.
admission-refused = The moderators of { $community } could not confirm that you live there, so you were not let in. If that is a mistake, please ask the property office.
admission-refused-reason = The moderators could not confirm it.
apply-card = 🚪 { $name } ({ $user }) would like to come in: { $home }
    { $listed }
    { $state }
apply-listed = The roster has this name for this home.
apply-listed-others = The roster has for this home: { $surnames }
apply-listed-unknown = The roster has this home without a name.
apply-not-listed = The roster does not have this home.
apply-open = Do you know them? ✅ let them in, ❌ refuse.
apply-let-in = ✅ Let in by { $by } (❌ takes them out again)
apply-let-in-after-rules = ✅ Let in by { $by }; waits only for their word on the rules
apply-let-in-by-proof = ✅ Let in: the code or the roster has shown it
apply-refused = ❌ Refused by { $by } (✅ lets them in after all)
apply-withdrawn = 🚪 This is settled.
apply-reminder = ⏰ Somebody still waits to be let in; please have a look at the card above.
staff-home-changed = ❓ { $name } ({ $user }) was let in for { $from } and goes by { $to } now. If you do not know of a move, tap 🚪 to remove them.
staff-code-guessing = ⚠ Very many wrong codes within this hour, the last ones by { $user }. Codes are looked at again in a while; tap ⛔ to ban.
moveout-how = Which home has moved out? For example “!moveout 3-2-501”, or “!moveout @somebody:server” for one member.
moveout-which = There are several such homes; which one is it? { $homes }
moveout-nobody = Nobody is known in { $home }.
moveout-done = ✔ { $home } has moved out; the staff room shows what was done.
moveout-card = 📦 { $home } has moved out.
moveout-members = Taken out of all rooms ({ $count }): { $members }
moveout-kept = Not taken out, since they have a role, or my power is too small: { $kept }
moveout-undo = If it was a mistake, tap ↩️: all of it comes back.
moveout-undone = ✔ All of it is back; the invitations are on their way.
list-comma = { ", " }
waiting-nobody = Nobody waits to be let in.
waiting-head = Waiting to be let in ({ $count }); ✅ and ❌ are on their cards:
waiting-line = { $home } · { $name } ({ $user }) · since { $since }
rule-roster = roster
reason-moved-out = moved out
reason-not-a-resident = does not live here
sanctioned-moved-out = Your home in { $community } is reported to have moved out, so you have left its rooms. All the best for the new home! If that is a mistake, tell the property office.

## Rosters

roster-no-text = This line holds characters that are no text. Please save the file again as CSV UTF-8.
roster-open-quote = A cell of this line starts with a quotation mark that does not end it. Please remove the mark.
roster-columns = This line has { $found } cells instead of { $wanted }. Please write one home a line.
roster-no-column = The header has no column “{ $column }”. Please add it.
roster-no-rows = There is no home in the file. Please write a line for each: building, unit, home, surname.
roster-no-phase = Building { $building } is in several phases. Please say in a column “phase” which is meant.
roster-unknown-phase = Building { $building } is not in phase { $phase }. Please correct one of them.
roster-no-building = The building is missing. Please write it, such as 3.
roster-unknown-building = There is no building “{ $building }”. Please correct it, or add it to the configuration.
roster-no-unit = The unit is missing. Building { $building } has { $units }.
roster-unknown-unit = Building { $building } has no unit “{ $unit }”. It has { $units }.
roster-unreadable-unit = “{ $unit }” is no unit. Please write its number, such as 2.
roster-no-home = The home is missing. Please write its number, such as 501.
roster-unreadable-home = “{ $home }” is no home. Please write its number, such as 501.
roster-unknown-home = Building { $building } cannot have a home { $home }. Please correct it, or the building's floors and homes per floor in the configuration.
roster-two-homes = The cells of this line name different homes. Please correct the one that is wrong.
roster-unreadable-surname = No surname can be read from “{ $name }”. Please write the surname, or leave the cell empty.
roster-too-large = The file is too large. Please import the buildings in several files.
roster-workbook = The file is a workbook. Please open it in Excel and save it as CSV UTF-8.
roster-line = Line { $line }: { $why }

## The sheet of codes

sheet-title = { $community }: codes for homes
sheet-heading = { $community }: neighbours' chat
sheet-picture = QR code of the steward
sheet-step-1 = Point your phone's camera at the picture.
sheet-step-2 = Say hello to our steward.
sheet-step-3 = Send it the code above. That is all.
sheet-note = This code is for your home only. Please keep it to yourself.

## Ban lists

help-lists = !{ $name } — the ban lists that are followed; !{ $name } apply 12 lets a rule hold that waits
rule-lists = ban lists
list-too-broad = ⚠ The list { $list } has a rule that would hit everybody: { $entity }. I do not apply it.
list-waits = ❓ The list { $list } has a rule that would ban { $count } members: { $entity }. If you agree, send !lists apply { $no }; otherwise do nothing.
lists-followed = 📋 { $list } · rules: { $count }
lists-own = 📋 { $list } · our own, for other bots to follow
lists-waiting =     ❓ { $no }: { $entity } (waits; !lists apply { $no })
lists-too-broad =     ⚠ { $no }: { $entity } (would hit everybody; not applied)
lists-none = No ban list is followed.
lists-no-such = No rule of this number waits. Send !lists to see all.
lists-applied = ✔ The rule holds now; members hit: { $count }

## Spam

rule-spam = spam
reason-spam-contact = contact id “{ $what }”
reason-spam-link = a link
reason-spam-link-denied = link to { $what }, which is not wanted here
reason-spam-link-look-alike = link to { $what }, made to look like another
reason-spam-link-near = a link nearly like a known one ({ $what })
reason-spam-link-invitation = invitation elsewhere ({ $what })
reason-spam-link-number = link to the bare number { $what }
reason-spam-link-shortener = link that hides where it leads ({ $what })
reason-spam-link-disguised = disguised link to { $what }
reason-spam-reads = it reads like an advert
reason-spam-listed = on the community’s list of words: “{ $what }”
reason-spam-again = the same text { $what } times in { $span } min
reason-spam-rooms = the same text in { $what } rooms
reason-spam-others = the same text by { $what } newcomers
reason-spam-repeated = the same text again and again
reason-spam-mentions = calls { $what } people
reason-spam-everybody = calls everybody
reason-spam-calls = too many people were called
reason-spam-media = a picture by a newcomer
reason-spam-name = the display name is an advert
reason-spam-code = QR code to { $what }
reason-spam-flood = { $what } messages in { $span } s
reason-spam-wall = { $what } characters in { $span } s
reason-spam-too-much = too many messages at once
reason-spam-invitations = { $what } people invited in { $span } min
reason-spam-invites = too many people were invited at once
reason-spam-moderator = a moderator says that it is spam
reason-spam-emergency = it tells of a danger, so a person must decide
reason-spam-pardoned = the moderators have let this text pass
spam-head-one = 🚯 Spam { $no }: { $names } · messages: { $messages } · { $done }{ $stopped }{ $swept }
spam-head = 🚯 Spam { $no }: messages { $messages }, accounts { $people }, rooms { $rooms } ({ $names } …) · { $done }{ $stopped }{ $swept }
spam-head-name = 🚯 Spam { $no }, in a name: { $names } · { $done }{ $stopped }{ $swept }
spam-head-heading = 🚯 Spam { $no }, in a room’s name or topic: { $names } · { $done }{ $stopped }{ $swept }
spam-head-invitations = 🚯 Spam { $no }: { $names } invites very many people · { $done }{ $stopped }{ $swept }
spam-asked = only asked about
spam-removed = removed
spam-muted = removed and muted
spam-silenced = too many reports: muted, and the reports stay
spam-banned = removed and banned
spam-would = would be removed
spam-swept = , and { $count } other messages of theirs
spam-stopped = , stopped before anybody saw it: { $count }
spam-refused = Your message was not sent: { $reason }. If this is a mistake, please write to the steward in private.
spam-refused-invite = You have invited very many people in a short time. Please wait a little, or ask a moderator.
spam-refused-join = You are banned here. If this is a mistake, please write to the steward in private.
spam-quote = “{ $text }”
spam-why = Because: { $reasons } (score { $score })
spam-rehearsed = (rehearsal: nothing was done)
spam-weak = ⚠ My power is too small in a room of these: please give me power level 100.
spam-taps = Tap ✅ right, ❌ wrong (takes everything back, and this text passes from now on), ⛔ ban everybody.
spam-taps-asked = Spam? Tap ✅ yes (remove and mute), ❌ no (this text passes from now on), ⛔ ban.
spam-was-right = ✅ Right, says { $by } · { $at }
spam-was-wrong = ❌ Wrong, says { $by }: everything is taken back · { $at }
spam-was-banned = ⛔ Banned by { $by } · { $at }
spam-more = 🚯 There is more spam than can be told one by one in this hour. !spam shows the last of it.
spam-room = 🧹 I am removing adverts. If a message of yours was taken for one, please write to me in private.
spam-exempt = Staff, moderators, bots and exempt people do not send spam.
spam-decided = This was decided before. Wrong can still be said of what was right.
spam-no-such-wave = There is no spam of this number. !spam shows the last ones.
spam-done-right = ✔ Spam { $no }: right.
spam-done-wrong = ✔ Spam { $no }: everything is taken back; this text passes from now on.
spam-done-ban = ✔ Spam { $no }: everybody is banned.
spam-how = !spam — the last ones; !spam right 3, !spam wrong 3, !spam ban 3; !spam allow example.com, !spam deny example.com, !spam forget example.com
spam-none = There was no spam so far.
spam-last = The last spam:
spam-line = { $no } · { $at } · { $messages }/{ $people } · “{ $text }” · { $state }
spam-state-right = right
spam-state-wrong = wrong, taken back
spam-host-allowed = ✔ Links to { $host } are welcome from now on.
spam-host-denied = ✔ Links to { $host } are removed from now on.
spam-host-forgotten = ✔ { $host } is listed no more.
sanctioned-undone-spam = Case { $no } ({ $what }) was undone, as if it had never been: your message was no spam, and the mistake was ours. What was removed cannot come back; please send it again, it will pass.
help-spam = !{ $name } — the last spam; right 3, wrong 3, ban 3; allow or deny a host
