"""In which words a German, French or Spanish reply only holds: thanks, regret, that it takes its time, that somebody else has it now.

English replies are judged by a model, the signal `news`. What says outright that the word is still to come is told here for all.
Patterns over folded text (small letters, plain quotes).
"""

from __future__ import annotations

from guidance.text.patterns import Pattern, either, word_of

NO_WORD_YET = Pattern(
    word_of(
        r"still (?:checking|waiting|looking|working|digging|chasing|trying|investigating|searching|on it|at it|with|"
        r"no (?:\w+ )?(?:news|word|answer|reply)|nothing)",
        r"still (?:haven't|hasn't|have not|has not|don't|do not|owes?|await\w*|outstanding|pending)",
        r"(?:no|any) (?:\w+ )?(?:news|updates?|answer|word|joy|luck|reply|response|result|feedback)(?: \S+){0,5} (?:yet|so far|as yet|"
        r"at the moment|for now|today)",
        r"no (?:news|word|answer|joy|reply|response|update) (?:from|on|about) \w+",
        r"nothing (?:new|yet|so far|to (?:report|tell|share)|from (?:the|our|them))",
        r"until i (?:hear|know)|as soon as i (?:hear|know)",
        r"noch (?:nicht|keine?n?|dran|offen|dabei|etwas|auf)|auf sich warten|wart(?:e|en|et) (?:\w+ )?auf",
        r"(?:todavia|aun) no|a la espera|(?:seguimos|sigo|estamos|estoy) (?:esperando|en ello|con ello|pendientes?)",
        r"pas encore|toujours (?:pas|en attente|la reponse)",
        r"attend(?:s|ons|ent)(?: \w+){0,2} (?:la|le|une?|les|son|sa|votre|leur) (?:reponse|retour|confirmation|accord)",
    )
)
"""What says outright that the word is still to come: then the rest of the reply passes the time."""

_MANNERS = word_of(
    r"halten (?:wir )?sie auf dem laufenden|tiens au courant|manten\w+ informad\w|al (?:tanto|corriente)",
    r"(?:helfen|hilft) (?:uns|mir) (?:sehr |weiter)",
    r"dank\w*|entschuldig\w*|verzeih\w*|(?:mir|uns) leid|geduld\w*|verstandnis|vergessen|hallo|guten (?:tag|morgen|abend)",
    r"sehr geehrt\w*|gruss\w*|schonen (?:tag|abend)",
    r"merci|remerci\w+|desolee?s?|excus\w+|pardon|patien\w+|comprehension|oublie\w*|bonjour|bonsoir|cordialement|bonne (?:journee|soiree)",
    r"gracias|agradec\w+|(?:lo|les?) (?:siento|sentimos|lament\w+)|lament\w+|disculp\w+|perdon\w*|paciencia|comprension|olvidad\w+",
    r"hola|buen(?:os|as) \w+|saludos",
)
"""Thanks, regret, greetings, and that nobody is forgotten."""

_WAITS = word_of(
    r"en contacto con|(?:bin|sind|stehen) (?:\w+ )?in kontakt|en contact avec|suit son cours",
    r"in bearbeitung|bearbeite[nt]|wird (?:\w+ ){0,2}(?:gepruft|bearbeitet|geklart|untersucht)|pruf(?:t|en)|dauert|verzoger\w+",
    r"ruckstand|viel los|klaren das",
    r"en cours|en attente|retard\w*|tard(?:e|ent)|delais?|patient\w*|debordes?",
    r"(?:examine|etudie|verifie|analyse|traite)(?:nt)?(?: \w+)? (?:votre|le|la) (?:dossier|demande|cas)",
    r"en (?:curso|tramite|ello|proceso|estudio)|esperando|pendientes?|tard(?:a|an|ando|ara)|retrasos?|demoras?",
    r"(?:revisando|estudiando|analizando|mirando|comprobando)",
)
"""That something takes its time, or is being looked at."""

_PASSED_ON = word_of(
    r"noch im gesprach|nachgehakt|nachgefragt|(?:au|unser)(?:er)? bestes",
    r"ubernimmt|ubernommen|ubernehmen|kummert|(?:im|in) urlaub|meldet sich|melden uns|melde mich|weiter(?:geleitet|gegeben|gereicht)",
    r"zustandig\w*|vertret\w+|liegt (?:jetzt |nun )?(?:bei|beim|in) (?:\w+ )?(?:kolleg\w*|abteilung|technik|fach\w+|team|buchhaltung)",
    r"en conge\w*|prend(?:s|re)? (?:le relais|la suite|en charge)|(?:transmis|transfere|confie)e?s?|s'en (?:occupe|charge)",
    r"m'en (?:occupe|charge)|bien (?:recu|note)",
    r"de vacaciones|se (?:ocupa|encarga|hace cargo)(?:ra|n)?",
    r"(?:pasado|trasladado|derivado|remitido|transferido|reenviado|recibido)(?: \w+){0,2} (?:caso|solicitud|consulta|mensaje|expediente)|"
    r"tomado nota",
)
"""That somebody else has it now, or that it has come in."""

HOLDS = Pattern(either(_MANNERS, _WAITS, _PASSED_ON))
"""What brings no word in the clause in which it stands."""
