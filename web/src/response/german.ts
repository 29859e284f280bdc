// What the server says about each SIP code (server/model/response_code_table.cpp).
export const german: Record<string, string> = {
  'Only says that the call has arrived; the server sends it by itself.':
    'Sagt nur, dass der Anruf angekommen ist; der Server sendet es von selbst.',
  'Use 486 or another final code.': 'Nimm 486 oder einen anderen endgültigen Code.',
  'Not a final answer: the caller would go on hearing ringing tone.':
    'Keine endgültige Antwort: Der Anrufer hörte weiter das Freizeichen.',
  'Use a block that rings a seat.': 'Nimm einen Block, der einen Platz läuten lässt.',
  'Not a final answer; it only tells that the call goes somewhere else.':
    'Keine endgültige Antwort; sagt nur, dass der Anruf woandershin geht.',
  'Forward the call with a block of its own.': 'Leite den Anruf mit einem eigenen Block weiter.',
  'Not a final answer; it tells that the caller waits in a queue.':
    'Keine endgültige Antwort; sagt, dass der Anrufer in einer Warteschlange wartet.',
  'Use a queue block.': 'Nimm einen Block für Warteschlangen.',
  'Not a final answer; it opens early media.':
    'Keine endgültige Antwort; öffnet den Ton vor dem Abheben.',
  'Use a Media block that does not answer, or fill the Media field here.':
    'Nimm einen Media-Block, der nicht abhebt, oder fülle hier das Feld Media aus.',
  'Sent by proxies about one of several branches; the call itself goes on.':
    'Senden Proxys über einen von mehreren Zweigen; der Anruf selbst geht weiter.',
  'Use the final code that you mean, such as 480.':
    'Nimm den endgültigen Code, den du meinst, etwa 480.',
  'Means success: it answers the call, and the caller starts to pay.':
    'Heißt Erfolg: Der Anruf ist angenommen, und der Anrufer zahlt ab jetzt.',
  'Use an Answer block.': 'Nimm einen Answer-Block.',
  'Means success for subscriptions and is deprecated.':
    'Heißt Erfolg bei Abonnements und ist veraltet.',
  'Use 480 to turn a call away.': 'Nimm 480, um einen Anruf abzuweisen.',
  'Means success for subscriptions, not for calls.':
    'Heißt Erfolg bei Abonnements, nicht bei Anrufen.',
  'Offers the caller several addresses to try instead.':
    'Bietet dem Anrufer mehrere andere Adressen an.',
  'Fill “Redirect to” with the addresses.': 'Trage die Adressen bei „Weiterleiten an“ ein.',
  "Tells the caller's system to use another address from now on.":
    'Sagt dem System des Anrufers, dass ab jetzt eine andere Adresse gilt.',
  'Fill “Redirect to” with the new address.': 'Trage die neue Adresse bei „Weiterleiten an“ ein.',
  "Tells the caller's system to try another address for this call.":
    'Sagt dem System des Anrufers, dass es diesen Anruf an eine andere Adresse richten soll.',
  'Fill “Redirect to” with the address.': 'Trage die Adresse bei „Weiterleiten an“ ein.',
  'Callers ignore it, or take it for an attempt to steal the call.':
    'Anrufer übergehen es oder halten es für den Versuch, den Anruf zu stehlen.',
  'Use 302 with “Redirect to”.': 'Nimm 302 mit „Weiterleiten an“.',
  'Needs a body that describes the other service, as mobile networks do for emergency calls.':
    'Braucht eine Beschreibung des anderen Dienstes, wie Mobilfunknetze sie bei Notrufen senden.',
  'Use 302 with “Redirect to”, or 480.': 'Nimm 302 mit „Weiterleiten an“, oder 480.',
  'Tells the caller that its message is malformed, which is not true here. Say in the message what is wrong.':
    'Sagt dem Anrufer, dass seine Nachricht fehlerhaft ist, was hier nicht stimmt. Schreibe in die Nachricht, was falsch ist.',
  '403 turns a caller away, 480 says that nobody is there.':
    '403 weist einen Anrufer ab, 480 sagt, dass niemand da ist.',
  'Asks for a password; a caller that has one tries again, for ever.':
    'Fragt nach einem Passwort; ein Anrufer, der eines hat, versucht es endlos wieder.',
  'Use 403.': 'Nimm 403.',
  'Reserved for future use; some providers send it when the credit is used up.':
    'Für später vorgesehen; manche Anbieter senden es, wenn das Guthaben verbraucht ist.',
  '403 is understood everywhere.': '403 wird überall verstanden.',
  "Understood, but refused. The caller's system does not try again.":
    'Verstanden, aber abgelehnt. Das System des Anrufers versucht es nicht wieder.',
  'There is nobody of that name or number here.':
    'Niemand mit diesem Namen oder dieser Nummer ist hier.',
  'Says that this address takes no calls at all. The list of allowed methods is added by itself, and it names calls.':
    'Sagt, dass diese Adresse gar keine Anrufe annimmt. Die Liste der erlaubten Methoden kommt von selbst dazu, und in ihr stehen Anrufe.',
  '403 turns a caller away.': '403 weist einen Anrufer ab.',
  "About the kinds of content that the caller's Accept header admits, not about the caller.":
    'Betrifft die Arten von Inhalt, die der Accept-Header des Anrufers zulässt, nicht den Anrufer.',
  '403 turns a caller away; 606 says that the call is not acceptable.':
    '403 weist einen Anrufer ab; 606 sagt, dass der Anruf nicht annehmbar ist.',
  'Proxies make it when nothing answers; carriers may then try another route.':
    'Erzeugen Proxys, wenn nichts antwortet; Netze versuchen dann vielleicht einen anderen Weg.',
  '480 says that nobody answers.': '480 sagt, dass niemand abhebt.',
  'The number was in use and is no longer; nobody knows a new one.':
    'Die Nummer gab es und gibt es nicht mehr; niemand kennt eine neue.',
  'Only answers the publishing of presence.': 'Antwortet nur auf das Melden von Präsenz.',
  'Use 480.': 'Nimm 480.',
  "Says that the caller's message is too large, which is not true here.":
    'Sagt, dass die Nachricht des Anrufers zu groß ist, was hier nicht stimmt.',
  '480 says that nobody is available.': '480 sagt, dass niemand erreichbar ist.',
  'Says that the dialled address is too long for this server.':
    'Sagt, dass die gewählte Adresse für diesen Server zu lang ist.',
  '404 says that there is no such number.': '404 sagt, dass es die Nummer nicht gibt.',
  'Says that the body of the call is of a kind we do not read. What we read is added by itself; a caller may try again in another form.':
    'Sagt, dass wir diese Art von Inhalt nicht lesen. Was wir lesen, kommt von selbst dazu; ein Anrufer versucht es vielleicht in anderer Form wieder.',
  'Says that the dialled address is of a kind we do not know; a caller may try again with a sip: address.':
    'Sagt, dass wir diese Art von Adresse nicht kennen; ein Anrufer versucht es vielleicht mit einer sip:-Adresse wieder.',
  'Only answers a call that demands a priority of a kind we do not know.':
    'Antwortet nur auf einen Anruf, der einen Vorrang verlangt, den wir nicht kennen.',
  'Only answers a call that requires an extension; the server does so itself.':
    'Antwortet nur auf einen Anruf, der eine Erweiterung verlangt; der Server macht das selbst.',
  'Demands an extension from the caller, which most callers do not have.':
    'Verlangt vom Anrufer eine Erweiterung, die die meisten nicht haben.',
  'Belongs to session timers; the server sends it by itself.':
    'Gehört zu Sitzungszeiten (Session Timer); der Server sendet es von selbst.',
  'Only answers registrations and subscriptions.':
    'Antwortet nur auf Registrierungen und Abonnements.',
  'Only answers a call that carries a location we cannot use.':
    'Antwortet nur auf einen Anruf mit einer Ortsangabe, mit der wir nichts anfangen können.',
  'Only answers messages of alarm systems.': 'Antwortet nur auf Nachrichten von Alarmanlagen.',
  "Asks the caller's network to sign the caller's number. Of use for a policy against unsigned calls.":
    'Bittet das Netz des Anrufers, dessen Nummer zu signieren. Nützlich, wenn unsignierte Anrufe nicht erwünscht sind.',
  '403 or 607 turn a caller away.': '403 oder 607 weisen einen Anrufer ab.',
  'Only answers a transfer.': 'Antwortet nur auf ein Weiterverbinden.',
  'Only sent between proxies about a lost connection.':
    'Wird nur zwischen Proxys über eine verlorene Verbindung gesendet.',
  'Callers who hide their number are not accepted.':
    'Anrufer, die ihre Nummer verbergen, werden nicht angenommen.',
  "Says that the certificate behind the caller's signature cannot be fetched.":
    'Sagt, dass das Zertifikat zur Signatur des Anrufers nicht zu bekommen ist.',
  "Says that the caller's signature is made with a certificate we do not accept. Older lists call it “Unsupported Certificate”.":
    'Sagt, dass die Signatur des Anrufers von einem Zertifikat stammt, das wir nicht annehmen. In älteren Listen heißt es „Unsupported Certificate“.',
  "Says that the caller's signature is wrong.": 'Sagt, dass die Signatur des Anrufers falsch ist.',
  'Only answers registrations.': 'Antwortet nur auf Registrierungen.',
  'Only sent by proxies that split a call too often.':
    'Senden nur Proxys, die einen Anruf zu oft aufteilen.',
  'Only answers an INFO message inside a call.':
    'Antwortet nur auf eine INFO-Nachricht in einem Anruf.',
  'Only answers requests that a server spreads to a list of people.':
    'Antwortet nur auf Anfragen, die ein Server an eine Liste von Leuten verteilt.',
  'Nobody is available now: closed, away or not disturbed. The message may say why, Retry-After when to call again.':
    'Jetzt ist niemand erreichbar: geschlossen, abwesend oder ungestört. Die Nachricht kann sagen, warum, Retry-After, wann ein neuer Anruf lohnt.',
  "Breaks the caller's own view of the call; phones drop more than this call.":
    'Widerspricht dem, was der Anrufer von dem Anruf weiß; Telefone beenden mehr als diesen Anruf.',
  'Use 404 or 480.': 'Nimm 404 oder 480.',
  'Says that the call came back to where it has been.':
    'Sagt, dass der Anruf dorthin zurückkam, wo er schon war.',
  'Says that the call went through too many servers.':
    'Sagt, dass der Anruf durch zu viele Server ging.',
  "Invites the caller's system to add digits and call again.":
    'Lädt das System des Anrufers ein, Ziffern anzuhängen und wieder anzurufen.',
  'The address could mean several people. Addresses in “Redirect to” are offered as the choice.':
    'Die Adresse kann mehrere Leute meinen. Adressen bei „Weiterleiten an“ stehen zur Wahl.',
  'The called person is busy; the caller hears busy tone.':
    'Der Angerufene ist besetzt; der Anrufer hört den Besetztton.',
  'Only answers a call that the caller itself has given up.':
    'Antwortet nur auf einen Anruf, den der Anrufer selbst aufgegeben hat.',
  'Use 480 or 603.': 'Nimm 480 oder 603.',
  'Says that no common codec was found; callers try again with others. A Warning 399 with the reason is added by itself.':
    'Sagt, dass kein gemeinsamer Codec da ist; Anrufer versuchen es mit anderen wieder. Eine Warning 399 mit dem Grund kommt von selbst dazu.',
  '403 or 603 turn a caller away.': '403 oder 603 weisen einen Anrufer ab.',
  'Only answers subscriptions.': 'Antwortet nur auf Abonnements.',
  'The caller waits a moment and sends the same again.':
    'Der Anrufer wartet einen Moment und sendet dasselbe noch einmal.',
  'Use 480, with Retry-After if you like.': 'Nimm 480, wenn du magst mit Retry-After.',
  'Only answers an encrypted message that cannot be read.':
    'Antwortet nur auf eine verschlüsselte Nachricht, die sich nicht lesen lässt.',
  "Starts a negotiation of security with the caller's phone.":
    'Beginnt mit dem Telefon des Anrufers über Sicherheit zu verhandeln.',
  'Says that this server is broken; carriers try another route. Also seen as “Internal Server Error”.':
    'Sagt, dass dieser Server defekt ist; Netze versuchen einen anderen Weg. Auch als „Internal Server Error“ bekannt.',
  'Says that this server cannot take calls at all.':
    'Sagt, dass dieser Server gar keine Anrufe annehmen kann.',
  'Says that a system behind this one answered nonsense; carriers try another route.':
    'Sagt, dass ein System hinter diesem Unsinn geantwortet hat; Netze versuchen einen anderen Weg.',
  'Says that this server is overloaded: the sender should try another one and may leave this one alone for the time of Retry-After. Proxies turn it into 500.':
    'Sagt, dass dieser Server überlastet ist: Der Sender soll einen anderen versuchen und lässt diesen vielleicht so lange in Ruhe, wie Retry-After sagt. Proxys machen daraus 500.',
  'Says that a system behind this one did not answer in time.':
    'Sagt, dass ein System hinter diesem nicht rechtzeitig geantwortet hat.',
  'Only answers messages of another SIP version.':
    'Antwortet nur auf Nachrichten einer anderen SIP-Version.',
  'Only answers registrations of mobile apps.': 'Antwortet nur auf Registrierungen mobiler Apps.',
  'Only answers a call that demands reserved bandwidth.':
    'Antwortet nur auf einen Anruf, der reservierte Bandbreite verlangt.',
  'Use 488 or 480.': 'Nimm 488 oder 480.',
  'Busy on every phone; ends every other branch of the call too.':
    'An jedem Telefon besetzt; beendet auch jeden anderen Zweig des Anrufs.',
  'The called person does not want the call; ends every other branch too. Many gateways turn it into 403.':
    'Der Angerufene will den Anruf nicht; beendet auch jeden anderen Zweig. Viele Gateways machen daraus 403.',
  'There is no such number anywhere; ends every other branch of the call too.':
    'Die Nummer gibt es nirgends; beendet auch jeden anderen Zweig des Anrufs.',
  'Says that the kind of call is not acceptable anywhere; callers may try again with others. A Warning 399 with the reason is added by itself.':
    'Sagt, dass diese Art von Anruf nirgends annehmbar ist; Anrufer versuchen es vielleicht mit anderen wieder. Eine Warning 399 mit dem Grund kommt von selbst dazu.',
  '603 turns a caller away.': '603 weist einen Anrufer ab.',
  'The called person says that this call is unwanted; networks count such answers against the caller.':
    'Der Angerufene sagt, dass der Anruf unerwünscht ist; Netze zählen solche Antworten gegen den Anrufer.',
  'A machine, not a person, rejected the call. The caller must learn whom to ask: contact data in Call-Info, or else an announcement.':
    'Eine Maschine hat den Anruf abgewiesen, kein Mensch. Der Anrufer muss erfahren, wen er fragen kann: Kontaktdaten in Call-Info oder eine Ansage.',
  'Fill the contact data, or choose a Media file that says whom to ask; or use 607.':
    'Trage die Kontaktdaten ein, oder wähle eine Media-Datei, die sagt, wen man fragen kann; oder nimm 607.',
};
