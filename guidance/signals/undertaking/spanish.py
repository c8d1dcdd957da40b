"""What commits in Spanish, and what makes a dated sentence no commitment. Folded text."""

from __future__ import annotations

from guidance.signals.undertaking.wording import ANYTHING, Wording
from guidance.text.patterns import Pattern, either, one_of, word_of

_DEED = (
    one_of(
        r"envi|mand|devuelv|devolv|reembols|llam|avis|abon|ingres|cambi|repong|repon|regal|dej|d|pas|pong|pon|hag|hac|ha",
        r"traig|tra|llev",
        r"busc|reserv|guard|cancel|anul|quit|arregl|repar|sustituy|sustitu|reemplaz|prepar|imprim|entreg|acerc|"
        r"recoj|recog|regres|regulariz",
        r"consig|consegu|manteng|manten|mantendr|cubr|pag|compens|descuent|descont|bonific|acredit|transfier|transfer|ampli",
        r"alarg|prorrog",
        r"extiend|extend|corrij|correg|rehag|activ|reactiv|desbloque|abr|cierr|sub|baj|anad|sum|aplic|asign|incluy|inclu",
        r"tramit|gestion",
        r"solucion|resuelv|resolv|respond|contest|atiend|atend|acompan|vuelv|volv|cuid|mir|revis|compr|encarg|solicit|instal|mont|pid",
        r"marc|telefone|apart|repit|repet|renuev|renov|ajust|reintegr|facilit|reenvi|remit|traslad|muev|mov|separ|"
        r"hall|encuentr|confecc|perdon|caig|ca",
    )
    + r"(?:o|oy|amos|emos|imos|are|ere|ire|re|aremos|eremos|iremos|remos)\b"
)

SPANISH = Wording(
    acts=ANYTHING,
    blocks=Pattern(
        either(
            r"[?¿]",
            word_of(
                r"si|salvo|siempre (?:que|y cuando)|en cuanto (?:nos|usted|me|tu|vos)|cuando (?:nos|usted|me|tu|vos)|"
                r"hasta que|una vez que|en caso|a menos",
                r"podrian?|podriamos|podrias|pudieran?|puede|puedes|pueden|podemos|puedo|podras?|deberian?|deberias|debe|"
                r"debes|deben|tiene que|tienes que|tendra que|hay que|quisiera|gustaria|habria|seria|convendria|probaria",
                r"ojala|espero que|esperamos|gusto|encantad[oa]s?|alegra\w*|feliz|disfrut\w+|suerte",
                r"no|nunca|jamas|tampoco|ningun\w*|lamentablemente|desgracia|lastima|gracias|agradec\w+|entiendo|entendemos|"
                r"bienvenid\w+|tu (?:me |te |lo |la )?\w{3,}as|confirmad[oa]s?",
                r"normalmente|generalmente|por lo general|por norma|suelen?|cada|automaticamente|solo cada|todos los|"
                r"habitualmente|por defecto",
                r"ayer|anteayer|anoche|pasad[oa]s?|hemos|he|ha|han|habia|habian|fue|fueron|era|estaba|hizo|hicieron|quedaron",
                r"dijo|dijeron|comento|segun|parece|tal vez|quizas?|probable\w*|puede que|a lo mejor|preve\w*|anunci\w+|diria",
                r"renueva|caducan?|vencen?|vencimiento|garantia|valid[oa]|abre|abrimos|abren|cierra|cierran|cerramos|"
                r"se (?:le |les |te |os |me |nos )?\w{3,}o|salio|salieron|llego|llegaron|volvio|incorporo|recibio|pide que|"
                r"se pagan?|termina (?:hoy|manana|el)|"
                r"citas? (?:es|son)|estamos (?:abiertos|cerrados|disponibles)|empieza|comienza|inicia|"
                r"nadie|dudo|dudamos|quedo a la espera|quedamos a la espera|a la espera|esper(?:o|amos) (?:su|tu|sus|tus|"
                r"noticias|respuesta)",
                r"de vacaciones|de baja|de permiso|ausente|de viaje|(?:senor|senora|senorita|sr|sra|don|"
                r"dona)\b[^,;:]* (?:vuelve|regresa|estara|se reincorpora)",
                r"(?:tren|vuelo|avion|autobus|bus|ferry|barco|concierto|partido|pelicula|crucero) (?:\w+ ){0,2}?(?:sale|"
                r"saldra|despega|parte|zarpa|es)",
                r"(?:estara|esta|estaran|estan|quedara) (?:\w+ )?(?:sec[oa]s?|cargad[oa]s?|llen[oa]s?|fri[oa]s?|dur[oa]s?|"
                r"curad[oa]s?)|llover|llovera|nevar|nevara|llueve",
                r"vigente|en vigor|(?:tiene|tienes|tienen|teneis) (?:\w+ )?(?:tiempo |plazo )?hasta|iba a|iban a|ibas a|iba yo",
                r"yo que (?:vos|tu|usted|ustedes)|yo en su lugar|en su lugar|esperaria|preferiria|optaria|haria|llamaria",
                r"dice que|dicen que|que (?:bien|bueno|alegria) que",
                r"cerrad[oa]|horario|plazo|convocatoria|incluye|madura",
                r"recuerde|recuerda|envie\w*|envia\w*me|mande(?:nos|me)|pague|lleve\w*|traiga|avise\w*|avisa\w*|mantenga|"
                r"manten|pulse|evite|deje (?:secar|reposar)|indique\w*|por favor|rogamos|ruego|favor de",
            ),
        )
    ),
    does=Pattern(
        either(
            r"\b(?:le|les|te|os|se (?:lo|la|los|las)|te (?:lo|la|los|las)) " + _DEED,
            r"\b(?:yo|nosotros) (?:lo |la |le |les |te |se )*(?:" + _DEED + r"|voy a|vamos a)",
            r"\b(?:voy|vamos|va) a (?:\w+rle|\w+rles|\w+rte|\w+rselo|\w+rsela|\w+rtelo|\w+rtela)\b",
        )
    ),
    courtesies=Pattern(
        word_of(
            r"agradezco|agradecemos|recuerdo|recordamos|confirmo|confirmamos|comento|comentamos|informo|informamos|"
            r"deseo|deseamos|ruego|rogamos|pido|pedimos|escribo|escribimos|recomiendo|recomendamos|sugiero|sugerimos|"
            r"aconsejo|ofrezco|ofrecemos|entiendo|entendemos|comprendo|comprendemos|digo|saludo|saludamos|invito|"
            r"invitamos|creo|siento|lamento|sentimos|lamentamos|veo|vemos|tengo|tenemos|adjunto|como|cuanto|gustaria|"
            r"asunto|numero|todo|correo|plazo|mismo|abrazos?|besos?|felicit\w*|enhorabuena|disculpas?|un saludo|la razon|animo",
        )
    ),
    outright=Pattern(
        word_of(
            r"me encargo|nos encargamos|me ocupo|nos ocupamos|corren? (?:por|de) (?:nuestra|mi) cuenta|"
            r"por cuenta (?:de la casa|nuestra)|va de la casa|invita la casa|va por la casa",
            r"dejel[oa] en (?:mis|nuestras) manos|dejalo en (?:mis|nuestras) manos|dejemelo a mi|dejamelo a mi|"
            r"eso lo (?:veo|arreglo|agarro|peleo) yo|esto lo (?:veo|arreglo|agarro) yo|lo (?:peleo|arreglo|resuelvo) yo",
            r"no (?:va a pagar|vas a pagar|pagara|pagaras|le costara|te costara|le cobramos|te cobramos|se (?:lo|"
            r"la) cargamos|le pasamos|te pasamos)|no le vuelve a|no te vuelve a",
            r"cuente con (?:que|ello|eso)|cuenta con (?:que|ello|eso)|espere mi (?:llamada|correo|respuesta|mensaje)|"
            r"espera mi (?:llamada|correo|respuesta|mensaje)|tiene mi palabra|tienes mi palabra|le doy mi palabra|"
            r"me comprometo|nos comprometemos|se lo garantizo|prometido",
            r"no (?:cierro|paro|me muevo|me paro|descanso) (?:\w+ ){0,4}hasta que|"
            r"hasta que no vea\w* [^.!?]*no (?:cierro|paro)|de aca no me (?:paro|muevo)|no se mueven de",
        )
    ),
    condition=Pattern(
        r"[?¿]|\b(?:si (?:usted|nos|me|desea|quiere|puede|tu|el|la|su)|siempre y cuando|en cuanto (?:nos|usted|me)|"
        r"cuando nos|podria\w*|pudiera|habria|hubiera|fue|era)\b"
    ),
    ours=Pattern(word_of(r"yo|nosotros|nuestr[oa]s?|mi|va a|van a|vamos a|\w+(?:are|ere|ire|remos|ran|ra)")),
)
