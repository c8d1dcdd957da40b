"""What commits in French, and what makes a dated sentence no commitment. Folded text."""

from __future__ import annotations

from guidance.signals.undertaking.wording import Wording, by_name
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

_READY = one_of(
    r"chez (?:vous|toi|le|la|votre|notre|nos)|prete?s?|de retour|de nouveau|a nouveau|en ligne|en route|en place|en service",
    r"disponibles?|accessibles?|operationnel\w*|(?:sur|dans|a|devant) (?:votre|vos|ton|ta|tes)|a (?:vous|toi|jour)|au point",
    r"(?:re)?active\w*|livre\w*|expedie\w*|rembourse\w*|(?:r?en)?voye\w*|credite\w*|retabli\w*|remplace\w*|repare\w*",
    r"corrige\w*|reserve\w*|bloque\w*|debloque\w*|rendue?s?|verse\w*|faite?s?|traite\w*|prevue?s?|programme\w*",
    r"planifie\w*|remise?s?|depose\w*|regle\w*|resolu\w*|installe\w*|raccorde\w*|branche\w*|change\w*|echange\w*",
    r"rappele\w*|contacte\w*|transmise?s?|inscrite?s?|boucle\w*|termine\w*|recupere\w*|imprime\w*|efface\w*",
    r"tranche\w*|decide\w*|pose\w*|monte\w*|valide\w*|nettoye\w*|supprime\w*|ajoute\w*|deduite?s?|prolonge\w*|prepare\w*",
)
"""Where something is, or how it is once it has been seen to."""

_SERVICE = one_of(
    r"livraison|intervention|pose|passage|reparation|installation|depannage|remplacement|retrait|enlevement|virement",
    r"remboursement|raccordement|expedition|envoi|echange|mise en service|remise en marche",
)
_PEOPLE = word_of(
    r"technicien\w*|livreur\w*|plombier|electricien\w*|vitrier|menuisier|peintre|serrurier|gardien\w*|chauffeur|coursier|facteur",
    r"transporteur|depanneur|reparateur|installateur|expert\w*|medecin|infirmier\w*|collegues?|comptabilite|atelier|entrepot",
    r"laboratoire|labo|gars|service (?:technique|client|compta\w*)|equipe",
)
"""Who of ours does something, whatever it is."""

_MOVES = either(
    word_of(
        r"arriv(?:e|ent|era|eront)|part(?:ent|ira|iront)?|repart(?:ent|ira)?|vien(?:t|nent)|viend(?:ra|ront)|pass(?:e|ent|era|eront)",
        r"repass(?:e|ent|era)|revien(?:t|nent)|reviend(?:ra|ront)|rentr(?:e|era)|quitt(?:e|ent|era)|sort(?:ent|ira)?|tomb(?:e|ent|era)",
        r"parvien(?:t|nent)|parviendra|rejoin(?:t|dra)|atterri\w*|sonn(?:e|era)|r?appell(?:e|ent|era)|(?:re)?contact(?:e|era)",
        r"ecri(?:t|ra|vent)|apport(?:e|ent|era)|amen(?:e|ent|era)|livr(?:e|ent|era)|recuper(?:e|ent|era)|enlev(?:e|ent|era)",
        r"remplac(?:e|ent|era)|repar(?:e|ent|era)|install(?:e|ent|era)|pos(?:e|ent|era)|mont(?:e|ent|era)|verifi(?:e|ent|era)",
        r"regard(?:e|era)|trait(?:e|era)|envo(?:ie|ient)|enver(?:ra|ront)|expedi(?:e|era)|rembours(?:e|era)|vers(?:e|era)|vir(?:e|era)",
        r"credit(?:e|era)|ren(?:d|dra)|remet(?:tra)?|pren(?:d|nent|dra)|repren(?:d|dra)|fait|font|fera|donn(?:e|era)|met(?:tent|tra)?",
        r"debloqu(?:e|era)|active(?:ra)?|attend(?:ra|ent)?|retabli(?:t|ra)|remarche(?:ra)?|refonctionne(?:ra)?|marche de nouveau",
        r"finissent|jette(?:ra)?|s'arrete(?:ra)?|tranche(?:ra)?|s'occupe\w*|s'en (?:occupe|charge)\w*|sui(?:t|vent|vra)|aur(?:a|ont)",
        r"(?:vous|tu)(?: en)? (?:recevez|recevrez|recois|recevras|aurez|auras|saurez|verrez|serez|seras|trouverez|retrouv\w+)",
        r"(?:vous avez|tu as) (?:une reponse|(?:des|de mes|de nos) nouvelles|un retour|votre|vos|ton|ta|tes|les?|la)",
        r"recoi(?:t|vent)|recev(?:ra|ront)",
        r"coursier a|livreur a|des [^,;:]*\bvous avez|(?:vous|te|lui|leur) \w{3,}ons",
    ),
    rf"\b(?:est|sont|sera|seront|soit)\b[^,;:]*\b{_READY}\b",
    r"\b(?:est|sont|sera|seront) la(?:\W*$| (?:dans|d'ici|a|avant|vers|pour|des|ce|cet|cette|demain|\w+di|dimanche)\b)",
    rf"\b{_SERVICE}\b[^,;:]*\b(?:est|sont|sera|seront|a lieu|aura lieu|se fait|se fera|se font)\b",
)
"""What comes to them, gets done, or stands ready."""

FRENCH = Wording(
    acts=Pattern(either(r"\b(?:je|nous|on)\b|\bj'", _PEOPLE, by_name(r"monsieur|madame|mme|mlle"), _MOVES)),
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
                r"(?:est|sont|a|ont) (?:bien |deja )?(?:parti|arrive|venu|tombe|passe|sorti|retourne|revenu|quitte|depose|livre|"
                r"envoye|recu|paye|verse|integre|pris)e?s?",
                r"demande de|due?s? le|est due?",
                r"rendez-vous est (?:le|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain|a)|(?:vous|te) laisse",
                r"date limite|echeance|cesse|termine|commence|debute|court (?:encore )?jusqu\w*|courent jusqu\w*",
                r"(?:vous avez|tu as|il vous reste|il te reste) (?:encore |bien )?(?:jusqu|le temps)\w*|personne|doute|doutons",
                r"j'attends|nous attendons|on attend|dans l'attente|j'attendrai|nous attendrons|reste en attente",
                r"en conge|en vacances|absente?s?|en arret|en deplacement|en formation|(?:m|mme|monsieur|madame|il|"
                r"elle)\b[^,;:]* (?:de retour|rentre|revient)",
                r"(?:train|vol|avion|car|bus|ferry|bateau|navette|tgv|tram|metro|concert|film|match|spectacle|"
                r"croisiere) (?:\w+ ){0,3}?(?:re)?(?:part|partira|decolle|arrive|quitte|demarre|passe|circule|a lieu|sort)",
                r"(?:boutique|magasin|agence|accueil|bureaux?|guichet|atelier|standard|piscine|musee|mairie) (?:\w+ )?(?:r?ouvr\w+)",
                r"(?:sera|est|seront|sont) (?:\w+ )?(?:seche?s?|pleine?s?|chargee?s?|rechargee?s?|dure?s?|durcie?s?|froide?s?|"
                r"tiedes?|guerie?s?)|pleuvoir|pleuvra|neiger\w*",
                r"dev(?:ait|aient|iez|ions|ais)|allait|alliez|allaient|avant,? (?:nous|on)|a (?:votre|ta) place|aurais prefere",
                r"(?:j'|je |il |elle |on |nous |vous |tu )(?:(?:vous|te|le|la|les|y|en) )?\w+(?:rais|rait|rions|riez|raient)",
                r"dit que (?:vous|tu)|me dit|nous dit",
                r"feriee?s?|jour de l'an|noel|paques|complet|completes?|vacances|conges|soldes|a (?:payer|regler|remettre|rendre|"
                r"renvoyer|retourner|deposer|verser|acquitter)|commenc\w+|debut\w+|se termin\w+|(?:est|sont) annule\w*|"
                r"change(?:ment)? d'heure|tombe un|"
                r"(?:prend|prennent|dure|durent) (?:environ )?[\w ]{1,12} (?:heures?|jours?|semaines?|mois)|"
                r"il (?:fera|fait) (?:froid|chaud|beau|mauvais|gris)|orages?|tempete|pluie|fete des",
                r"(?:il|le prix|les prix|le tarif|les tarifs|la cotisation|le loyer) (?:pleut|neige|augment\w*|baiss\w*|pass\w*)",
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
            r"accorde|l'accorde|avoue|concede|felicit\w*|confiance|condoleances|attention|pardon|bravo",
        )
    ),
    outright=Pattern(
        either(
            word_of(
                r"j'en fais mon affaire|je m'en (?:occupe|charge|porte garante?)|on s'en (?:occupe|charge)|je m'occupe d\w*|"
                r"nous nous (?:occupons|chargeons)|on s'occupe d\w*|je me charge|je me porte garante?",
                r"s'engage (?:a|formellement)|nous (?:nous )?engageons|je m'engage|comptez sur (?:moi|nous)|"
                r"compte sur (?:moi|nous)|laissez-moi faire|laisse-moi faire|je veille|nous veillons|faites-moi confiance|"
                r"parole de",
                r"(?:je|on|nous) ne (?:lache|lachons|cloture|cloturons|ferme|fermons) (?:pas|rien)|vous est garantie?|"
                r"reste (?:bloquee?|garantie?) a votre nom|attendez-vous a (?:un|une|mon|notre)",
            ),
        )
    ),
    standing=Pattern(
        word_of(
            r"a (?:notre|ma) charge|a nos frais|c'est pour (?:nous|moi|notre pomme)|est pour (?:nous|notre pomme)|"
            r"c'est (?:nous|moi) qui (?:payons|paie|paye|prenons|prends)|vous en (?:fais|fait|faisons) cadeau|"
            r"fait cadeau",
            r"vous ne (?:paierez|payerez|payez|debourserez|perdrez|perdez) (?:pas|rien)|ne vous (?:sera|"
            r"seront) (?:\w+ )?(?:reclame\w*|facture\w*|compte\w*|demande\w*)|sans vous (?:la |le |les )?refacturer|"
            r"vous n'aurez rien a (?:payer|avancer|debourser|faire|toucher)|vous n'avez rien a avancer|"
            r"ne resteront? pas a votre charge|vous n'en ferez pas les frais",
        )
    ),
    condition=Pattern(
        r"\?|\b(?:si (?:vous|tu|votre|la|le|les|jamais)|a condition|des que (?:vous|tu)|lorsque|une fois que|"
        r"pourr\w+|sous reserve|avait|etait|aurait|serait)\b|\bs'ils? vous\b"
    ),
    ours=Pattern(word_of(r"je|nous|on|notre|nos|mon|ma|mes|va|vont|\w+(?:rai|rons|ront|ra)") + r"|\bj'"),
)
