"""What commits in German, and what makes a dated sentence no commitment. Folded text."""

from __future__ import annotations

from itertools import permutations

from guidance.signals.undertaking.wording import ANYTHING, Wording
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

GERMAN = Wording(
    acts=ANYTHING,
    blocks=Pattern(
        either(
            r"\?|\b(?:habe|haben|hat|hast|habt)\b[^,;]*\b\w*ge\w+(?:t|en)\b",
            word_of(
                r"wenn|falls|sofern|sobald (?:du|sie|ihr|uns)|vorausgesetzt|solange|ausser|ob|wer|je nachdem|dass",
                r"kann|kannst|konnen|konnt|konnten?|konntest|durfen?|darf|mochten?|mochtest|wurden?|ware|waren?|sollten?|"
                r"wollten?|muss\w*|am besten|auf wunsch|soviel ich weiss|besetzt|erreichbar|werktags|melden sie sich",
                r"vielleicht|eventuell|moglicherweise|wohl|vermutlich|hoffentlich|hoffen?|freuen?|jederzeit|gerne? (?:weiter|noch)",
                r"nicht|keine?[rmns]?|leider|nie|niemand|bedauer\w+|danken?|dank|bestatigt|verstehen?|entschuldig\w+|willkommen",
                r"ublicherweise|normalerweise|gewohnlich|erfahrungsgemass|automatisch|in der regel|immer|jede[rnms]?|stets|"
                r"meistens|jeweils|pro",
                r"hatten?|war|gestern|vorgestern|bereits|letzte[nrsm]?|vorige[nrsm]?|seit",
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
                r"(?:\w*zug|\w*flug|bus|\w*fahre|schiff|s-bahn|flieger|maschine|konzert|film|spiel) (?:\w+ )?(?:geht|fahrt|"
                r"fliegt|startet|hebt|legt|landet|kommt an)",
                r"(?:regnen|schneien|regnet|schneit|gewittern|frieren|friert|sturmen)|(?:ist|sind|wird|"
                r"werden)\b[^,;:]*\b(?:trocken|voll|aufgeladen|geladen|ausgehartet|verheilt|abgekuhlt)",
                r"sagt(?:e)? (?:mir|uns)|dass (?:du|sie|ihr)",
                r"termine? (?:ist|sind|findet|finden)|feiertag|fur (?:sie|dich|euch) da|helfen wir",
                r"bitte|du wirst|sie werden (?:\w+ )*(?:gebeten|mussen)|lieber|an ihrer stelle|an deiner stelle|um [^,;]* zu",
            ),
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
            r"(?:sichern?|sagen?) (?:wir|ich) (?:ihnen |dir )?(?:hiermit )?zu|mein wort|ehrenwort|versprochen|"
            r"auf (?:unsere|meine) (?:kappe|kosten|rechnung)|geht (?:auf uns|aufs haus|an uns)|auf kosten des hauses",
            r"(?:tragen|ubernehmen|bezahlen|zahlen|ersetzen) (?:selbstverstandlich )?wir|(?:wir|ich) (?:tragen|trage|"
            r"ubernehmen|ubernehme|verzichten|verzichte)|verzichten wir",
            r"(?:zahlen sie|zahlst du|kostet (?:es )?sie|kostet (?:es )?dich) (?:\w+ )?(?:keinen|nichts|keine)|"
            r"keinen (?:rappen|cent|euro|heller|groschen)",
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
    condition=Pattern(
        r"\?|\b(?:wenn|falls|sofern|sobald (?:du|sie|ihr|uns)|vorausgesetzt|es sei denn|konnten?|kann|wurden?|hatten?|leider)\b"
    ),
    ours=Pattern(word_of(r"ich|wir|werde|wird|werden|meine?[rmn]?|unsere?[rmn]?")),
)
