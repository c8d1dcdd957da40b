"""What commits in German, and what makes a dated sentence no commitment. Folded text."""

from __future__ import annotations

from itertools import permutations

from guidance.signals.undertaking.wording import Wording, by_name
from guidance.text.patterns import Pattern, either, one_of, word_of

_STEM = one_of(
    r"schick|send|sand|uberweis|erstatt|liefer|ersetz|bring|mail|fax|geb|gib|besorg|bestell|buch|stornier|korrigier|reparier",
    r"tausch|pruf|klar|lass|leg|stell|mach|hol|pack|druck|reich|leit|zahl|bezahl|rechn|nehm|trag|setz|schalt|langer|losch",
    r"aktivier|reservier|halt|ruf|meld|besuch|komm|informier|gewahr|schenk|ubernehm|verzicht|erlass|erhoh|senk|ander",
    r"aktualisier|uberpruf|begleit|hinterleg|ubergeb|bereit|erledig|vermittl|verbind|start|frag|hak|sorg|richt|spendier|streich",
    r"entfern|bearbeit|erneuer|wechsel|montier|installier|bau|reinig|dreh|kopier|scann|uberarbeit|schreib|fahr|hang|wart|fertig|stimm",
)
_DEED = rf"\b(?:{_STEM}|(?:ver|zuruck|nach|zu|weiter|um|aus|ab|an|ein|frei|gut|vor)?{_STEM}(?:e|en|n|t|et|est|st))\b"
_WE = r"\b(?:ich|wir|unsere? \w+)\b"
_THEM = r"\b(?:ihnen|dir|euch|fur (?:sie|dich|euch)|ihre?[rmn]?|deine?[rmn]?)\b"
_ON = r"[^,;:.!?]*"

_READY = one_of(
    r"da|hier|dort|fertig|bereit|soweit|so weit|zuruck|wieder|unterwegs|drin|dran|aktiv|online|verfugbar|vor ort",
    r"bei (?:ihnen|dir|euch|uns)|(?:auf|in|an|vor) (?:ihre[rmn]?|deine[rmn]?|eure[rmn]?)|im (?:briefkasten|postfach|haus)",
    r"auf dem (?:konto|weg)|\w+bereit|startklar|beim? (?:hausmeister|empfang|pfortner|nachbarn)",
    r"\w*ge\w{2,}(?:t|en)|\w{2,}iert|(?:ent|ver|be|er|zer|uber|hinter)\w{2,}t|behoben|\w*geschrieben",
)
"""Where something is, or how it is once it has been seen to."""

_SERVICE = one_of(
    r"\w*(?:lieferung|zustellung|abholung|reparatur|montage|installation|uberweisung|erstattung)",
    r"\w*(?:austausch|einbau|ruckruf|versand)",
)
_PEOPLE = word_of(
    r"techniker\w*|monteur\w*|\w*fahrer\w*|bot(?:e|en|in)|kurier|zusteller\w*|handwerker|installateur\w*|elektriker\w*|klempner",
    r"glaser\w*|tischler\w*|schreiner\w*|maler\w*|hausmeister\w*|gutachter\w*|arzt|arztin|kolleg\w+|kundendienst|werkstatt",
    r"buchhaltung|spedition|lager|abteilung|fachkraft|notdienst|labor|leute",
)
"""Who of ours does something, whatever it is."""

_MOVES = either(
    word_of(
        r"kommt|kommen|kommst|geht|gehen|trifft|treffen [^,;:]*\bein|erhalten|erhaltst|erhaltet|bekommen|bekommst|bekommt|kriegen|kriegst",
        r"landet|liegt|liegen|steht|stehen|sitzt|verlasst|verlassen|rollt|trudelt|klingelt|klopft|ruft|meldet|meldest|schreibt",
        r"schickt|sendet|liefert|bringt|holt|nimmt|gibt|wirft|baut|tauscht|repariert|wechselt|schaut|sieht|misst|pruft|klart",
        r"erledigt|ubernimmt|hilft|installiert|montiert|stellt|legt|hangt|packt|zahlt|uberweist|bucht|storniert|schaltet",
        r"kummert|bearbeitet|beantwortet|antwortet|besucht|betreut|verschickt|folgt|folgen|wartet|warten|reist",
        r"(?:haben|wissen|horen|sehen|finden|lesen|erfahren) sie|sie (?:haben|erfahren)|(?:hast|weisst|horst|siehst|erfahrst) du",
        r"du hast|(?:habt|wisst|hort) ihr|(?:lauft|laufen|geht|funktioniert|klappt) [^,;:]*\bwieder|(?:kurier|fahrer|bote) hat",
        r"hat (?:\w+ ){0,2}(?:kurier|fahrer|bote)",
    ),
    rf"\b(?:ist|sind|bin|seid)\b[^,;:]*\b{_READY}\b|\b{_READY} (?:ist|sind)\b",
    r"\b(?:wird|werden|wirst|werdet)\b[^,;:]*\b"
    + one_of(r"\w*ge\w+(?:t|en)|\w+iert|(?:be|er|ver|ent|uber)\w+(?:t|en)|haben|sein|melden|kommen")
    + r"\b",
    rf"\b{_SERVICE} (?:[\w.]+ ){{0,3}}?(?:ist|erfolgt|startet|findet)\b|\berfolgt\b[^,;:]*\b{_SERVICE}\b",
)
"""What comes to them, gets done, or stands ready."""

GERMAN = Wording(
    acts=Pattern(either(r"\b(?:ich|wir)\b", _PEOPLE, by_name(r"herr|frau"), _DEED, _MOVES)),
    blocks=Pattern(
        either(
            r"\?|\b(?:habe|haben|hat|hast|habt)\b[^,;]*\b\w*ge\w+(?:t|en)\b",
            word_of(
                r"wenn|falls|sofern|sobald (?:du|sie|ihr|uns)|vorausgesetzt|solange|ausser|ob|wer|je nachdem|dass",
                r"kann|kannst|konnen|konnt|konnten?|konntest|durfen?|darf|mochten?|mochtest|wurden?|"
                r"(?:es|das|dies|ich|er|sie|was|wie) ware|ware (?:es|das|ich|er|sie|mir|uns|nett|schon|gut|moglich|toll)|waren|sollten?|"
                r"wollten?|muss\w*|am besten|auf wunsch|soviel ich weiss|besetzt|erreichbar|werktags|melden sie sich",
                r"vielleicht|eventuell|moglicherweise|wohl|vermutlich|hoffentlich|hoffen?|freuen?|jederzeit|gerne? (?:weiter|noch)",
                r"nicht|keine?[rmns]?|leider|nie|niemand|bedauer\w+|danken?|dank|bestatigt|verstehen?|entschuldig\w+|willkommen",
                r"ublicherweise|normalerweise|gewohnlich|erfahrungsgemass|automatisch|in der regel|immer|jede[rnms]?|stets|"
                r"meistens|jeweils|pro",
                r"hatten?|wussten|dachten|meinten|wollten|war|gestern|vorgestern|bereits|letzte[nrsm]?|vorige[nrsm]?|seit",
                r"laut|zufolge|angekundigt|zugesagt|versprochen|sagt(?:en?)?|schreiben|meinten?|offenbar|anscheinend|angeblich|scheint",
                r"verlangert|verfallt|endet|lauft (?:\w+ )*(?:ab|aus)|beginnt|gultig|garantie|offnungszeiten|geoffnet|"
                r"geschlossen|frist|abgelesen|gilt",
                r"ging|gingen|kam|kamen|fuhr|fuhren|traf|brachte|brachten|schickte|schickten|lag|stand|bittet|fallig|offnet",
                r"lauft (?:\w+ )?bis|lauft (?:ihr|dein)\w*|gultig|dauert|dauern|(?:haben sie|sie haben|hast du|du hast|"
                r"habt ihr|ihr habt)\b[^,;:]*\bzeit",
                r"warten? (?:ich |wir )?(?:\w+ )?auf|erwarten? (?:ich |wir )?(?:ihre?|deine?)\w*|brauch\w+ (?:ich|"
                r"wir) [^,;:]*nichts|bezweif\w+",
                r"im urlaub|krank|abwesend|ausser haus|in elternzeit|auf reisen|dienstreise|(?:herr|"
                r"frau)\b[^,;:]* (?:wieder (?:da|im|zuruck)|zuruck)",
                r"(?:\w*zug|\w*flug|\w*bus|\w*fahre|schiff|\w*bahn|flieger|maschine|konzert|film|spiel) (?:\w+ )?(?:geht|fahrt|"
                r"fliegt|startet|hebt|legt|landet|kommt|halt|lauft)",
                r"(?:regnen|schneien|regnet|schneit|gewittern|frieren|friert|sturmen)|(?:ist|sind|wird|"
                r"werden)\b[^,;:]*\b(?:trocken|voll|aufgeladen|geladen|ausgehartet|verheilt|abgekuhlt)",
                r"sagt(?:e)? (?:mir|uns)|dass (?:du|sie|ihr)",
                r"termine? (?:ist|sind|findet|finden)|feiertag|fur (?:sie|dich|euch) da|helfen wir",
                r"\w*feiertag|ausgebucht|ausverkauft|\w*ferien|unterricht|muttertag|fallt aus|fallen aus|belegt|bekannt|verboten|"
                r"gesperrt|verschoben|abgesagt|verhindert|verreist|erkrankt|beurlaubt|begrenzt|bewolkt|gewohnt|gefragt|angepfiffen|"
                r"ubertragen|gezeigt|gemeldet|angesagt|vorhergesagt|fortbildung|schulung|(?:auf|in) (?:einer|der) (?:besprechung|messe)|"
                r"(?:geht|gehen|reicht|bleibt|dauert) (?:noch )?bis (?:ende|zum|anfang|mitte|in|nach)|macht (?:\w+ ){0,3}(?:auf|zu)|"
                r"(?:fahrt|fahren|geht|gehen|kommt|kommen|halt) (?:die|der|das|ein|kein) (?:\w*zuge?|\w*bus|\w*busse|\w*fahre|\w*bahn)|"
                r"aufgefuhrt|gefeiert|gewahlt|gewitter|sturm|regen|schnee|fahrplan|"
                r"oder (?:sie|du|ihr)|(?:ein|ab|vor|an|aus|zuruck|nach|mit|weiter)zu\w+en|zu (?:be)?(?:zahlen|gleichen|entrichten)",
                r"bitte|du wirst|sie werden (?:\w+ )*(?:gebeten|mussen)|lieber|an ihrer stelle|an deiner stelle|um [^,;]* zu",
            ),
            r"\b(?:hat|haben)\b[^,;:]*\bzu\W*$",
            r"^\W*(?:schicken|senden|lassen|halten|geben|sagen|bringen|melden|prufen|klicken|wahlen|nehmen|achten|"
            r"denken|zahlen|holen|kommen) sie\b",
            r"^\W*(?:schick|sag|gib|bring|nimm|lass|halt|melde?|zahl|hol|komm)e? (?:mir|uns|das|den|die|dein\w*|es|ihn|"
            r"doch|mal|einfach|kurz)\b",
        )
    ),
    does=Pattern(
        either(
            *(_ON.join(parts) for parts in permutations((_WE, _THEM, _DEED))),
            r"\b(?:wird|werden)\b[^,;]*\b(?:ihnen|dir|euch|sie|ihre?[rmn]?|deine?[rmn]?)\b[^,;]*\b\w*(?:erstattet|"
            r"gutgeschrieben|ersetzt|gesandt|geschickt|geliefert|storniert|korrigiert|geloscht|uberwiesen|bezahlt|"
            r"gezahlt|bereinigt|repariert|unterrichtet|informiert)\b",
            r"\b(?:ich|wir) (?:\w+ ){0,3}(?:veranlasse|hake|klare|klar|regle|regel|prufe|kontrolliere|bestelle|"
            r"reklamiere|schicken?|senden?|ersetzen|reparieren|tauschen|rechnen|stornieren?|leiten?|reichen?|"
            r"erledigen?) ",
        )
    ),
    courtesies=Pattern(
        word_of(
            r"danken?|bedanken?|empfehlen?|raten?|wunschen?|glauben?|verstehen?|bestatigen?|bieten?|antworten?|"
            r"versichern?|teilen?|entschuldigen?|grussen?|sehen?|finden?|wissen|weiss|haben?|bin|sind|brauchen?|"
            r"benotigen?|bitten?|erklaren?|stehen?|denken?|vermissen?|schreiben?|nehmen an|liegt|liegen|tut|fuhren?|"
            r"gibt|verwenden|nutzen|vertraulich|recht|ernst|herzlich(?:e|en)? gru\w+|verkaufen|bieten|gehoren?|arbeiten",
            r"erreichen|konnte\w*",
        )
    ),
    outright=Pattern(
        word_of(
            r"(?:ich )?kumme?re (?:ich )?mich|(?:wir )?kummern (?:wir )?uns|kummer mich|nehme (?:ich )?mich (?:der|"
            r"dessen|dem)|sorgen? (?:ich |wir )?dafur|dafur sorgen (?:wir|ich)|dafur (?:stehe|sorge) ich",
            r"(?:sichern?|sagen?) (?:wir|ich) (?:ihnen |dir )?(?:hiermit )?zu|mein wort|ehrenwort|versprochen",
            r"(?:tragen|ubernehmen|bezahlen|zahlen|ersetzen) (?:selbstverstandlich )?wir|(?:wir|ich) (?:tragen|trage|"
            r"ubernehmen|ubernehme)",
            r"(?:meine|unsere) sorge|uberlassen sie (?:das |es )?(?:ruhig )?(?:mir|uns)|uberlass (?:das |"
            r"es )?(?:ruhig )?(?:mir|uns)|(?:konnen sie|kannst du) sich? (?:darauf |auf mich )?verlassen|"
            r"verlassen sie sich (?:darauf|auf mich|auf uns)",
            r"bleib(?:e|en)? (?:ich |wir )?(?:da )?dran|hake (?:\w+ ){0,4}nach|haken (?:\w+ ){0,4}nach|"
            r"gebe? (?:ich )?(?:ihnen |dir |euch )?bescheid|sage? (?:ich )?(?:ihnen |dir |euch )?bescheid|"
            r"gebe ihnen ruckmeldung",
            r"(?:erwarten sie|rechnen sie (?:\w+ ){0,3}mit) (?:\w+ )*(?:anruf|nachricht|mail|lieferung|visitenkarten|"
            r"paket|besuch)|verbindlich (?:gebucht|zugesagt|reserviert|eingeplant)",
        )
    ),
    standing=Pattern(
        word_of(
            r"auf (?:unsere|meine) (?:kappe|kosten|rechnung)|geht (?:auf uns|aufs haus|an uns)|auf kosten des hauses",
            r"(?:kosten|gebuhr|gebuhren|porto) (?:\w+ )?(?:tragen|ubernehmen|bezahlen|zahlen) wir|(?:wir|ich) verzichten?|verzichten wir",
            r"(?:zahlen sie|zahlst du|kostet (?:es )?sie|kostet (?:es )?dich) (?:\w+ )?(?:keinen|nichts|keine)|"
            r"keinen (?:rappen|cent|euro|heller|groschen)",
        )
    ),
    condition=Pattern(
        r"\?|\b(?:wenn|falls|sofern|sobald (?:du|sie|ihr|uns)|vorausgesetzt|es sei denn|konnten?|kann|wurden?|hatten?|leider)\b"
    ),
    ours=Pattern(word_of(r"ich|wir|werde|wird|werden|meine?[rmn]?|unsere?[rmn]?")),
)
