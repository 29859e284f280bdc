// What actions/*/action.json says.
export const german: Record<string, string> = {
  'A collection of Collect DTMF, a capture group of the pattern, or caller_id_number, callee_id_number.':
    'Eine Sammlung von Collect DTMF, eine Gruppe des Musters oder caller_id_number, callee_id_number.',
  'After a wrong key': 'Nach einer falschen Taste',
  'After the last attempt': 'Nach dem letzten Versuch',
  'Answer the call first': 'Den Anruf zuerst annehmen',
  'Answers the call, so that what follows is heard in a connected call.':
    'Nimmt den Anruf an, so dass das Weitere in einer stehenden Verbindung zu hören ist.',
  Attempts: 'Versuche',
  'Cause in the Reason header: 1 to 127, or none. Without it: the cause that RFC 3398 gives for the code.':
    'Grund im Reason-Header: 1 bis 127 oder none. Ohne Angabe: der Grund, den RFC 3398 dem Code gibt.',
  'Collection name': 'Name der Sammlung',
  'Contact card': 'Kontaktkarte',
  Duration: 'Dauer',
  'Ends the call with a SIP code and message, after an optional announcement.':
    'Beendet den Anruf mit SIP-Code und Text, auf Wunsch nach einer Ansage.',
  'Ends the call. Before an answer the caller gets 480; use Response to choose a code.':
    'Beendet den Anruf. Vor der Annahme bekommt der Anrufer 480; mit Response wählst du einen Code.',
  'Extra headers': 'Weitere Header',
  'For 608: the address of a signed contact card, so that a caller who was blocked by mistake knows whom to ask (RFC 8688).':
    'Für 608: die Adresse einer signierten Kontaktkarte, damit irrtümlich Abgewiesene wissen, wen sie fragen (RFC 8688).',
  'For instance 1, 2, #. Without it: none.': 'Zum Beispiel 1, 2, #. Ohne Angabe: keine.',
  'Further headers of the response, by name. Headers that SIP itself needs are refused.':
    'Weitere Header der Antwort, nach Namen. Header, die SIP selbst braucht, werden abgelehnt.',
  'Goes on by the branch that is named like the value of a variable.':
    'Geht auf dem Zweig weiter, der heißt wie der Wert einer Variablen.',
  Greeting: 'Begrüßung',
  'Key pressed': 'Gedrückte Taste',
  'Key that ends it': 'Taste, die beendet',
  'Keys that end it': 'Tasten, die beenden',
  'Keys that stop it': 'Tasten, die anhalten',
  'Let callers dial extensions': 'Anrufer dürfen Nebenstellen wählen',
  'Longest extension': 'Längste Nebenstelle',
  Menu: 'Menü',
  Message: 'Text',
  'Most digits': 'Höchstens so viele Ziffern',
  'Off: played as early media, so that the call stays free and a Response below can still send its code.':
    'Aus: wird vor der Annahme gespielt; der Anruf bleibt kostenlos und eine Response darunter kann ihren Code noch senden.',
  'Played to the caller before the code is sent, without answering the call.':
    'Hört der Anrufer vor dem Code, ohne dass der Anruf angenommen wird.',
  'Plays a greeting and goes on by the key that the caller presses.':
    'Spielt eine Begrüßung und geht nach der Taste weiter, die der Anrufer drückt.',
  'Plays a media file to the caller.': 'Spielt dem Anrufer eine Ansage vor.',
  'Q.850 cause': 'Q.850-Grund',
  'Redirect to': 'Weiterleiten an',
  'Retry after': 'Wieder versuchen nach',
  'Runs another callflow, then goes on here, unless that one ended the call.':
    'Führt einen anderen Callflow aus und geht dann hier weiter, wenn jener den Anruf nicht beendet hat.',
  'SIP or tel URIs for 300, 301 and 302, best first.':
    'SIP- oder tel-URIs für 300, 301 und 302, die beste zuerst.',
  Scope: 'Bereich',
  'Send no message at all': 'Gar keinen Text senden',
  'Sends an empty reason phrase. Legal, but some old equipment stumbles over it.':
    'Sendet einen leeren Text. Erlaubt, aber manches alte Gerät stolpert darüber.',
  'The name that an imported callflow gave to its menu. Kept; the fields here count.':
    'Der Name, den ein importierter Callflow seinem Menü gab. Bleibt erhalten; es gelten die Felder hier.',
  'The reason phrase behind the code. Blank: the registered phrase of the code.':
    'Der Text hinter dem Code. Leer: der registrierte Text des Codes.',
  'The variable that Branch Variable can look at.':
    'Die Variable, die Branch Variable ansehen kann.',
  'The variables of this call.': 'Die Variablen dieses Anrufs.',
  Times: 'Wie oft',
  'Too many wrong keys': 'Zu viele falsche Tasten',
  Unit: 'Einheit',
  'Until the caller hangs up': 'Bis der Anrufer auflegt',
  Value: 'Wert',
  Variable: 'Variable',
  'Wait for each further key': 'Warten auf jede weitere Taste',
  'Wait for the first key': 'Warten auf die erste Taste',
  'Waits before going on.': 'Wartet, bevor es weitergeht.',
  'Waits for keys and keeps them in a variable.':
    'Wartet auf Tasten und behält sie in einer Variablen.',
  "What the caller's phone and network are told: 486 busy, 480 not available, 403 forbidden, 404 no such number, 603 declined. 300 to 399 only with redirect_to.":
    'Was Telefon und Netz des Anrufers erfahren: 486 besetzt, 480 nicht erreichbar, 403 verboten, 404 keine solche Nummer, 603 abgelehnt. 300 bis 399 nur mit redirect_to.',
  'When to try again. Only with 404, 413, 480, 486, 500, 503, 600 and 603.':
    'Wann es einen neuen Versuch lohnt. Nur mit 404, 413, 480, 486, 500, 503, 600 und 603.',
  'Without it: #': 'Ohne Angabe: #',
  'ms, s, m or h. Never longer than 24 hours in all.': 'Insgesamt nie länger als 24 Stunden.',
  'Calls a number outside, by the trunks of the account, one after the other.':
    'Ruft eine Nummer draußen an, über die Trunks des Kontos, einen nach dem anderen.',
  'All trunks together, until somebody answers.': 'Alle Trunks zusammen, bis jemand annimmt.',
  'Caller id': 'Rufnummer des Anrufers',
  "Empty: the number that was dialled, or what the callflow's pattern has captured of it.":
    'Leer: die gewählte Nummer, oder was das Muster des Callflows davon eingefangen hat.',
  'Instead of what the carrier plays.': 'Statt dessen, was der Anbieter spielt.',
  'It is not brought into the form that the trunk wants.':
    'Sie wird nicht in die Form gebracht, die der Trunk will.',
  'Its announcements are not heard.': 'Seine Ansagen sind nicht zu hören.',
  'Not allowed': 'Nicht erlaubt',
  'Nothing of the carrier before an answer': 'Vor der Annahme nichts vom Anbieter',
  'Only these, in this order. Empty: all trunks of the account, in theirs.':
    'Nur diese, in dieser Reihenfolge. Leer: alle Trunks des Kontos, in ihrer.',
  'SIP headers': 'SIP-Header',
  'Sent along in the INVITE: X-Department and the like.':
    'Gehen im INVITE mit: X-Department und dergleichen.',
  'The number as it is': 'Die Nummer, wie sie ist',
  'Trunks full': 'Trunks voll',
  'Try for': 'Versuchen für',
  "external: the outside number of the seat, the account or the trunk. internal: the seat's extension. caller: whoever calls, as they are.":
    'Nummer nach außen: die von Platz, Konto oder Trunk. Nebenstelle: die des Platzes. Wer anruft: so, wie er ist.',
  'Goes on by the branch of the rule that applies at the time of the call; or switches rules on and off.':
    'Geht auf dem Zweig der Regel weiter, die zur Zeit des Anrufs gilt; oder schaltet Regeln ein und aus.',
  'A rule of the set applies': 'Eine Regel der Gruppe gilt',
  Rule: 'Regel',
  'Whose clock counts, such as Europe/Berlin. Without it: that of the account, else UTC.':
    'Wessen Uhr zählt, zum Beispiel Europe/Berlin. Ohne Angabe: die des Kontos, sonst UTC.',
  'Which rules are asked, the first that applies counts. Without them: those that branches are named after, a single date first, then yearly, monthly, weekly and daily ones.':
    'Welche Regeln gefragt werden; die erste, die gilt, zählt. Ohne Angabe: die, nach denen Zweige heißen, zuerst die für ein Datum, dann jährliche, monatliche, wöchentliche und tägliche.',
  'Asked after the rules: if one of its rules applies, the call takes the branch rule_set.':
    'Wird nach den Regeln gefragt: gilt eine ihrer Regeln, nimmt der Anruf den Zweig rule_set.',
  'What the block does': 'Was der Block tut',
  'Nothing chosen: it asks the rules. enable, disable: the rules and those of the set apply always, or never, for all calls from then on. reset: they apply by time again.':
    'Ein- oder ausgeschaltet: die Regeln und die der Gruppe gelten von da an für alle Anrufe immer oder nie.',
  "Switches a seat's Do Not Disturb on or off: calls to it are busy.":
    'Schaltet „Nicht stören“ eines Platzes ein oder aus: Anrufe sind dann besetzt.',
  'What to do': 'Was zu tun ist',
  'Without it: the seat whose phone calls.': 'Ohne Angabe: der Platz, dessen Telefon anruft.',
  'Heard when it is on': 'Zu hören, wenn eingeschaltet',
  'Heard when it is off': 'Zu hören, wenn ausgeschaltet',
  'Played when calls are busy from now on.': 'Wird gespielt, wenn Anrufe von nun an besetzt sind.',
  'Played when calls ring again.': 'Wird gespielt, wenn Anrufe wieder läuten.',
  'Forwards the calls of a seat to a number, or no longer.':
    'Leitet die Anrufe eines Platzes zu einer Nummer um, oder nicht mehr.',
  'activate: to the number that was dialled behind the code, else the one below, else the one the seat has, else the caller is asked. update: as activate, but not to the one the seat has. deactivate: its phones ring again. toggle: the other state.':
    'Einschalten: zur Nummer, die hinter dem Code gewählt wurde, sonst zu der unten, sonst zu der des Platzes, sonst wird der Anrufer gefragt. Mit anderer Nummer: nicht zu der des Platzes. Ausschalten: seine Telefone läuten wieder.',
  'An extension or number of this account. Without it the caller says where to.':
    'Eine Nebenstelle oder Nummer dieses Kontos. Ohne Angabe sagt der Anrufer, wohin.',
  'Heard before keying in the number': 'Zu hören vor der Eingabe der Nummer',
  'The caller keys in the number, then #.': 'Der Anrufer gibt die Nummer ein, dann #.',
  'Heard when calls are forwarded': 'Zu hören, wenn umgeleitet wird',
  'Heard when they are not': 'Zu hören, wenn nicht',
  'Shows another name or number of the caller to the phones that are rung after it.':
    'Zeigt den Telefonen, die danach läuten, einen anderen Namen oder eine andere Nummer des Anrufers.',
  "Empty: the caller's own.": 'Leer: die eigene Angabe des Anrufers.',
  "Puts something before the caller's name or number, so that a phone shows by which way a call comes.":
    'Setzt etwas vor Namen oder Nummer des Anrufers, damit ein Telefon zeigt, auf welchem Weg ein Anruf kommt.',
  'reset: the caller is shown as the call came in.':
    'So, wie der Anruf kam: was frühere Blöcke vorangestellt haben, entfällt wieder.',
  'Caller-ID Name Prefix': 'Vor dem Namen',
  'Caller-ID Number Prefix': 'Vor der Nummer',
  'Apply To': 'Bezogen auf',
  'original: before the name and number with which the call came in. current: before what earlier blocks have made of them.':
    'Vor Namen und Nummer, mit denen der Anruf kam, oder vor dem, was frühere Blöcke daraus gemacht haben.',
  'Hides who calls from the phones that are rung after it.':
    'Verbirgt vor den Telefonen, die danach läuten, wer anruft.',
  Hide: 'Verbergen',
  'full: name and number. none: nothing any more.':
    'Nichts mehr: was frühere Blöcke verbergen, ist wieder zu sehen.',
  'Has the phones that are rung after it ring in another way, by the Alert-Info header.':
    'Lässt die Telefone, die danach läuten, anders läuten, durch den Header Alert-Info.',
  'Takes over the oldest call that rings at the phones of a seat, a device or a ring group.':
    'Übernimmt den ältesten Anruf, der an den Telefonen eines Platzes, an einem Gerät oder in einer Rufgruppe läutet.',
  "What rings at any of its phones. One of the three, or none: then the number that the callflow's pattern has captured is the seat's extension.":
    'Was an irgendeinem seiner Telefone läutet. Eines der drei, oder keines: dann ist die Nummer, die das Muster des Callflows erfasst hat, die Nebenstelle des Platzes.',
  'What rings at this one.': 'Was an diesem läutet.',
  'What rings at any phone of its members.': 'Was an irgendeinem Telefon ihrer Mitglieder läutet.',
  'Allowed: seat': 'Erlaubt: Platz',
  'Allowed: device': 'Erlaubt: Gerät',
  'Allowed: members of': 'Erlaubt: Mitglieder von',
  'Without any of these three, everybody of the account may pick up. With several, whoever is one of them may.':
    'Ohne eines dieser drei darf jeder des Kontos übernehmen. Sind es mehrere, darf, wer zu einem davon gehört.',
  'As the phones want it, such as <http://127.0.0.1/Bellcore-dr3> or <urn:alert:source:external>.':
    'So, wie die Telefone es wollen, etwa <http://127.0.0.1/Bellcore-dr3> oder <urn:alert:source:external>.',
  '0: as long as its members need.': '0: so lange, wie ihre Mitglieder brauchen.',
  'Another cause or SIP code': 'Anderer Grund oder SIP-Code',
  'Heard while it rings': 'Zu hören, solange es läutet',
  'How long its phones ring. Without it: as long as the seat says.':
    'Wie lange die Telefone läuten. Ohne Angabe: so lange, wie der Platz sagt.',
  'Ignore call forwarding': 'Rufumleitung übergehen',
  "Instead of the ringing tone of the caller's own phone.":
    'Anstelle des Freizeichens, das das Telefon des Anrufers macht.',
  'Longest round': 'Längste Runde',
  'Members who forward their calls are rung at their own phones.':
    'Bei Mitgliedern, die ihre Anrufe umleiten, läuten die eigenen Telefone.',
  'No answer': 'Keine Antwort',
  'One rejection is for all': 'Eine Ablehnung gilt für alle',
  'One that is kept for several callflows. Then only the ringback here counts beside it.':
    'Eine, die für mehrere Callflows da ist. Dann zählt daneben nur das Freizeichen von hier.',
  'Phones ring': 'Telefone läuten',
  Rejected: 'Abgelehnt',
  'Ring for': 'Läutet',
  'Ring the phone that calls, too': 'Auch das Telefon läuten lassen, das anruft',
  'Rings one phone, and connects the caller with it.':
    'Lässt ein Telefon läuten und verbindet den Anrufer damit.',
  'Rings several seats or devices, at once or in turn, and connects the caller with the first that answers.':
    'Lässt mehrere Plätze oder Geräte läuten, zugleich oder nacheinander, und verbindet den Anrufer mit dem ersten, der abhebt.',
  'Rings the phones of a seat, and connects the caller with the one that answers.':
    'Lässt die Telefone eines Platzes läuten und verbindet den Anrufer mit dem, das abhebt.',
  Unreachable: 'Nicht erreichbar',
  'Wait before ringing': 'Warten vor dem Läuten',
  'When somebody calls their own seat.': 'Wenn jemand den eigenen Platz anruft.',
  'When the device calls itself.': 'Wenn das Gerät sich selbst anruft.',
  'Who rejects the call on one phone has rejected it on all of them.':
    'Wer den Anruf an einem Telefon ablehnt, hat ihn an allen abgelehnt.',
  'Why not connected': 'Warum nicht verbunden',
  'simultaneous: all at once, each after its delay. single: one after the other. weighted_random: one after the other, in an order drawn for each call; a greater weight comes first more often.':
    'Alle zugleich: jeder nach seiner Wartezeit. Zufällig: einer nach dem anderen, in einer für jeden Anruf gelosten Reihenfolge; ein größeres Gewicht kommt öfter zuerst.',
  'simultaneous: all at once. single: one after the other, each as long as that.':
    'Einer nach dem anderen: jeder so lange.',
  Busy: 'Besetzt',
  Device: 'Gerät',
  Ring: 'Läuten',
  Seat: 'Platz',
  Wait: 'Warten',
  'This call': 'Dieser Anruf',
  'Turn on': 'Einschalten',
  'Turn off': 'Ausschalten',
  'Turn on or off': 'Ein- oder ausschalten',
  'Turn on with another number': 'Mit anderer Nummer einschalten',
  'As the call came in': 'So, wie der Anruf kam',
  'As it is by now': 'So, wie sie jetzt sind',
  'Name and number': 'Name und Nummer',
  'Name only': 'Nur der Name',
  'Number only': 'Nur die Nummer',
  'Nothing any more': 'Nichts mehr',
  'Number outside': 'Nummer nach außen',
  'Whoever calls': 'Wer anruft',
  ms: 'ms',
  s: 's',
  min: 'min',
  h: 'h',
  'Asks the rules': 'Fragt die Regeln',
  'By time again': 'Wieder nach der Uhr',
};
