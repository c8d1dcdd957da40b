"""What commits in French, and what makes a dated sentence no commitment. Folded text."""

from __future__ import annotations

from guidance.signals.undertaking.wording import ANYTHING, Wording
from guidance.text.patterns import Pattern, either, one_of, word_of

_DEED = (
    one_of(
        r"envo|renvo|rembours|rappel|appel|credit|rend|remet|expedi|livr|rempl|chang|echang|repar|offr|fai[st]|fera|feron|donn|apport",
        r"amen|transm|tien|tenon|tiendr|previen|prevenon|contact|recontact|telephon|reserv|gard|met|bloqu|debloqu|annul|prolong|doubl",
        r"cherch|command|recommand|imprim|depos|pos|install|ouvr|ajout|retir|enlev|supprim|corrig|refai|refon|rachet|retourn",
        r"vers|vir|pai",
        r"repond|communiqu|adress|accord|accompagn|recoi|recev|rejoin|branch|connect|regl|prepar|pren|repren|pass|repass|mont|rapport",
        r"ecri[rt]|mail|rachet|activ|reactiv|migr|deplac|decal|report|avanc|boucl|sor[st]|port|lanc|relanc|reglon|"
        r"remont|text|couvr|deduis|rattrap|trouve un",
    )
    + r"\w*\b"
)

FRENCH = Wording(
    acts=ANYTHING,
    blocks=Pattern(
        either(
            r"\?|\bs'ils?\b|\bn'|\bs[iu]re? que\b|\bavi(?:ez|ons)\b",
            word_of(
                r"si|a condition|des que (?:vous|tu)|lorsque|quand (?:vous|tu)|une fois que?|pourvu|sauf|en cas|a moins|"
                r"tant que|sous reserve",
                r"pourr\w+|pouvez|peut|peux|pouvons|peuvent|devriez|devrait|devrions|devez|devrez|dois|doit|faudra\w*|faut|"
                r"voudr\w+|aimer\w+|souhait\w+|serait|seriez|aurait|auriez|conseiller\w+",
                r"esper\w+|au plaisir|hate|ravie?s?|heureu\w+|bon(?:ne)? (?:journee|soiree|continuation|reception|week-end)|croisons",
                r"ne|pas|jamais|malheureusement|helas|aucune?|remerci\w+|merci|comprend\w*|excus\w+|bienvenue|porte close",
                r"confirmee?s?",
                r"d'habitude|habituellement|normalement|generalement|en general|en principe|automatiquement|toujours|chaque|"
                r"tous les|toutes les|souvent|d'ordinaire|en moyenne",
                r"ai|avons|vous avez (?:deja|bien|recu|paye|commande|demande|choisi|ecrit|signe|achete|envoye|fait|dit|eu)|"
                r"ont|avait|avaient|etait|etaient|a ete|ont ete|hier|avant-hier|derniere?s?|passees?",
                r"selon|a dit|dit|annoncee?s?|annonce|semble\w*|apparemment|peut-etre|probablement|parait|promettait",
                r"expire\w*|renouvel\w+|reconduit\w*|garantie|valable|ouverte?s?|ouvrons|ferme\w*|horaires|delai|"
                r"(?:est|sont|a|ont) (?:bien |deja )?(?:parti|arrive|venu|passe|sorti|retourne|revenu|quitte|depose|livre|"
                r"envoye|recu|paye|verse|integre|pris)e?s?",
                r"demande de|due?s? le|est due?",
                r"rendez-vous est (?:le|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain|a)|(?:vous|te) laisse",
                r"date limite|echeance|cesse|termine|commence|debute|court (?:encore )?jusqu\w*|courent jusqu\w*",
                r"(?:vous avez|tu as|il vous reste|il te reste) (?:encore |bien )?(?:jusqu|le temps)\w*|personne|doute|doutons",
                r"j'attends|nous attendons|on attend|dans l'attente|j'attendrai|nous attendrons|reste en attente",
                r"en conge|en vacances|absente?s?|en arret|en deplacement|en formation|(?:m|mme|monsieur|madame|il|"
                r"elle)\b[^,;:]* (?:de retour|rentre|revient)",
                r"(?:train|vol|avion|car|bus|ferry|bateau|navette|tgv|concert|film|match|spectacle|"
                r"croisiere) (?:\w+ ){0,2}?(?:part|partira|decolle|arrive|quitte|demarre|a lieu)",
                r"(?:boutique|magasin|agence|accueil|bureaux?|guichet|atelier|standard|piscine|musee|mairie) (?:\w+ )?(?:r?ouvr\w+)",
                r"(?:sera|est|seront|sont) (?:\w+ )?(?:seche?s?|pleine?s?|chargee?s?|rechargee?s?|dure?s?|durcie?s?|froide?s?|"
                r"tiedes?|guerie?s?)|pleuvoir|pleuvra|neiger\w*",
                r"dev(?:ait|aient|iez|ions|ais)|allait|alliez|allaient|avant,? (?:nous|on)|a (?:votre|ta) place|aurais prefere",
                r"(?:j'|je |il |elle |on |nous |vous |tu )(?:(?:vous|te|le|la|les|y|en) )?\w+(?:rais|rait|rions|riez|raient)",
                r"dit que (?:vous|tu)|me dit|nous dit",
                r"merci de|veuillez|prenez|pensez|n'oubliez|appuyez|envoyez|renvoyez|appelez|rappelez|apportez|donnez|dites|"
                r"indiquez|payez|reglez|evitez|oubliez",
            ),
        )
    ),
    does=Pattern(
        either(
            r"\b(?:je|on|nous)(?: vais| va| allons)? (?:vous|te|t')(?: ?l'| les?| la| en| y)? ?" + _DEED,
            r"\b(?:nos|notre|mon|ma|un|une|le|la|l') ?(?:\w+ ){1,4}(?:vous|te) (?:l'|les? |la )?" + _DEED,
            r"\b(?:j'|je |on |nous )(?:ajoute\w*|fais|faisons|fait|lance\w*|relance\w*|rembourse\w*|remplace\w*|"
            r"annule\w*|debloque\w*|envoie|envoyons|credite\w*|transmets|transmettons|prolonge\w*|double|reserve|garde|"
            r"met[s]?|mettons|reprends|reprenons|refais|refaisons|retire\w*|corrige\w*)\b[^.!?]*\b(?:votre|vos|ton|ta|"
            r"tes|vous|te)\b",
        )
    ),
    courtesies=Pattern(
        word_of(
            r"remerci\w*|souhait\w*|conseill\w*|confirm\w*|prie|prions|recommand\w*|invit\w*|inform\w*|comprend\w*|"
            r"(?:vous|te) (?:a|ai|avons|avait|ont)|"
            r"ecris|ecrivons|propos\w*|assur\w*|demand\w*|presente|presentons|salue|saluons|suggere|rappelle que|"
            r"rappelons que|signal\w*|ai|avais|avait|aurais|sens|sais|croi[st]|vois|voyez|permet\w*|indique\w*|"
            r"concerne\w*|plait|plaira|convien\w*|accueill\w*|interesse|suffit|reste|manque|salutations|voeux|"
            r"felicit\w*|confiance|condoleances|attention|pardon|bravo",
        )
    ),
    outright=Pattern(
        either(
            word_of(
                r"j'en fais mon affaire|je m'en (?:occupe|charge|porte garante?)|on s'en (?:occupe|charge)|je m'occupe d\w*|"
                r"nous nous (?:occupons|chargeons)|on s'occupe d\w*|je me charge|je me porte garante?",
                r"a (?:notre|ma) charge|a nos frais|c'est pour (?:nous|moi|notre pomme)|est pour (?:nous|notre pomme)|"
                r"c'est (?:nous|moi) qui (?:payons|paie|paye|prenons|prends)|vous en (?:fais|fait|faisons) cadeau|"
                r"fait cadeau",
                r"s'engage (?:a|formellement)|nous (?:nous )?engageons|je m'engage|comptez sur (?:moi|nous)|"
                r"compte sur (?:moi|nous)|laissez-moi faire|laisse-moi faire|je veille|nous veillons|faites-moi confiance|"
                r"parole de",
                r"vous ne (?:paierez|payerez|payez|debourserez|perdrez|perdez) (?:pas|rien)|ne vous (?:sera|"
                r"seront) (?:\w+ )?(?:reclame\w*|facture\w*|compte\w*|demande\w*)|sans vous (?:la |le |les )?refacturer|"
                r"vous n'aurez rien a (?:payer|avancer|debourser|faire|toucher)|vous n'avez rien a avancer|"
                r"ne resteront? pas a votre charge|vous n'en ferez pas les frais",
                r"(?:je|on|nous) ne (?:lache|lachons|cloture|cloturons|ferme|fermons) (?:pas|rien)|vous est garantie?|"
                r"reste (?:bloquee?|garantie?) a votre nom|attendez-vous a (?:un|une|mon|notre)",
            ),
        )
    ),
    condition=Pattern(
        r"\?|\b(?:si (?:vous|tu|votre|la|le|les|jamais)|a condition|des que (?:vous|tu)|lorsque|une fois que|"
        r"pourr\w+|sous reserve|avait|etait|aurait|serait)\b|\bs'ils? vous\b"
    ),
    ours=Pattern(word_of(r"je|nous|on|notre|nos|mon|ma|mes|va|vont|\w+(?:rai|rons|ront|ra)") + r"|\bj'"),
)
