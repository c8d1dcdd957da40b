"""What commits in Spanish, and what makes a dated sentence no commitment. Folded text."""

from __future__ import annotations

from guidance.signals.undertaking.wording import Wording, by_name
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

_BEGINS = (
    r"(?:^\W*|[,;:] |\b(?:y|hoy|manana|ahora|tarde|noche|semana|mes|dia|lunes|martes|miercoles|jueves|viernes|sabado|domingo|"
    r"ya|mismo|tambien|luego|yo) )"
)
"""What stands before a verb of ours, and not before a noun that ends as it does: "el descuento"."""

_READY = one_of(
    r"list[oa]s?|en (?:su|tu|casa|camino|marcha|ruta|la puerta|conserjeria|recepcion)|con (?:usted|ustedes)|de vuelta|alli|ahi|aqui",
    r"activ[oa]s?|disponibles?|operativ[oa]s?|complet[oa]s|hech[oa]s?|puest[oa]s?|resuelt[oa]s?|devuelt[oa]s?|impres[oa]s?",
    r"\w{3,}(?:ad|id)[oa]s?|delante|abajo|cubiert[oa]s?|limpi[oa]s?",
)
"""Where something is, or how it is once it has been seen to."""

_THEY = one_of(
    r"lleg|sal|llam|escrib|avis|contact|mand|envi|reenvi|entreg|devuelv|ingres|abon|llev|tra|confirm|respond|contest|atiend",
    r"recog|recoj|repar|cambi|instal|arregl|activ|reembols|pag|quit|aplic|d|hac|pon|pas|repon|mont|revis|mir|prepar|acerc",
    r"lev|sub|baj|descuent|resuelv|solucion|desbloque|visit|acompan|ayud|explic|reserv|guard|dej|consig|gestion|tramit",
    r"complet|recib|ten|tien|ve|hag|cuent|sustituy|reemplaz|limpi|carg|termin|acab|finaliz|coloc|pint|imprim|firm|apunt",
    r"adjunt|ampli|abr|ech|tom|mid|corrig|decid|public|retir|recuper|anul|cancel|restablec",
)
_SERVICE = one_of(
    r"entrega|recogida|instalacion|reparacion|visita|montaje|cambio|envio|reembolso|transferencia|devolucion|revision|llamada",
)
_PEOPLE = word_of(
    r"tecnic[oa]s?|fontaner[oa]|electricista|cristaler[oa]|carpinter[oa]|pintora?|cerrajer[oa]|porter[oa]|conserje|perit[oa]",
    r"conductora?|repartidor\w*|mensajer[oa]|transportista|mecanic[oa]|instalador\w*|medic[oa]|doctora?|enfermer[oa]",
    r"companer[oa]s?|contabilidad|taller|almacen|servicio tecnico|equipo|laboratorio|gente|administracion",
)
"""Who of ours does something, whatever it is."""

_MOVES = either(
    word_of(
        r"lleg(?:an?|ara|aran)|sal(?:en?|dra|dran)|van?|ira|iran|vien(?:en?)|vendra|vendran|pas(?:an?|ara|aran)|entr(?:an?|ara|aran)",
        r"vuelv(?:en?)|volvera|volveran|regres(?:an?|ara)|recib(?:en?|es|ira|iran)|tendra[sn]?|llev(?:an?|ara)|tra(?:en?|era|eran)",
        r"entreg(?:an?|ara)|recog(?:en?|era)|llam(?:an?|ara)|escrib(?:en?|ira)|avis(?:an?|ara)|contact(?:an?|ara)|mand(?:an?|ara)",
        r"envi(?:an?|ara)|repar(?:an?|ara)|arregl(?:an?|ara)|revis(?:an?|ara)|instal(?:an?|ara)|mont(?:an?|ara)|atiend(?:en?)|atendera",
        r"termin(?:an)|toma|mid(?:en?)|sabra[sn]?|vera[sn]?|sabe usted|desbloque(?:an?|ara)|funcionara|espera a|se (?:ocupa|encarga)n?",
        r"tienen?s? (?:usted )?(?:su|tu|el|la|los|las|respuesta|noticias)|(?:lo|los|las|la) tien(?:en?|es)|mensajero tiene",
        r"(?:desde|a partir de) [^,;:]*\btienen?s?|(?:estoy|estamos) (?:de vuelta|con usted|ahi|alli)|nos vemos",
    ),
    rf"\b(?:lo|se|se l[oae]s?|te l[oa]s?) (?:{_THEY})(?:an?|en?|ara|aran|era|eran|ira|iran)\b",
    rf"\b(?:la|los|las) (?:{_THEY})(?:an|en)\b|\bla (?:ingresa|abona|paga|manda|envia|entrega|monta|instala|arregla|recoge)\b",
    rf"\b(?:le|les|te|os) \w+(?:a|e|an|en|o|oy|amos|emos|imos)\b|\b(?:lo|la|los|las) {_DEED}|\b(?:se l[oae]s?|te l[oa]s?) \w{{2,}}o\b",
    rf"\b(?:esta|estan|estara|estaran|queda|quedan|quedara|quedaran|sera|seran|va|van)\b[^,;:]*\b{_READY}\b",
    rf"\b{_SERVICE}\b[^,;:]*\b(?:es|sera|son|seran|se hace|se hara)\b",
)
"""What comes to them, gets done, or stands ready."""

SPANISH = Wording(
    acts=Pattern(
        either(
            r"\b(?:yo|nosotr[oa]s|vamos|voy|\w{2,}(?:amos|emos|imos))\b",
            _BEGINS + _DEED,
            _PEOPLE,
            by_name(r"senor|senora|sr|sra"),
            _MOVES,
        )
    ),
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
                r"festiv[oa]s?|cae en (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)|completo el|"
                r"averiad[oa]s?|ocupad[oa]s?|prohibid[oa]s?|apagad[oa]s?|cortad[oa]s?|tormenta|temporal|lluvia|nieve|"
                r"cambia la hora|agotad[oa]s?|a pagar|vacaciones|rebajas|empiezan|comienzan|"
                r"suspend\w+|(?:sub|baj|cambi)(?:a|en|an|e) (?:(?:el|los) )?precios?|"
                r"precios? (?:\w+ ){0,3}?(?:sub|baj|cambi)(?:a|en|an|e)|"
                r"(?:va|van|dura|duran|sigue|siguen|llega|llegan|es|son|vale|valen) hasta|(?:va|van|se queda) (?:\w+ )?(?:llen|vaci)[oa]s?|"
                r"(?:autobus|tranvia|metro|bus|tren) (?:\w+ ){0,3}?(?:pasa|llega|circula|para|viene)",
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
            r"me encargo|nos encargamos|me ocupo|nos ocupamos",
            r"dejel[oa] en (?:mis|nuestras) manos|dejalo en (?:mis|nuestras) manos|dejemelo a mi|dejamelo a mi|"
            r"eso lo (?:veo|arreglo|agarro|peleo) yo|esto lo (?:veo|arreglo|agarro) yo|lo (?:peleo|arreglo|resuelvo) yo",
            r"no le vuelve a|no te vuelve a",
            r"cuente con (?:que|ello|eso)|cuenta con (?:que|ello|eso)|espere mi (?:llamada|correo|respuesta|mensaje)|"
            r"espera mi (?:llamada|correo|respuesta|mensaje)|tiene mi palabra|tienes mi palabra|le doy mi palabra|"
            r"me comprometo|nos comprometemos|se lo garantizo|prometido",
            r"no (?:cierro|paro|me muevo|me paro|descanso) (?:\w+ ){0,4}hasta que|"
            r"hasta que no vea\w* [^.!?]*no (?:cierro|paro)|de aca no me (?:paro|muevo)|no se mueven de",
        )
    ),
    standing=Pattern(
        word_of(
            r"corren? (?:por|de) (?:nuestra|mi) cuenta|corren? a (?:nuestro cargo|cargo nuestro)|"
            r"por cuenta (?:de la casa|nuestra)|va de la casa|invita la casa|va por la casa|(?:lo|la|los|las) pagamos nosotros",
            r"no (?:va a pagar|vas a pagar|pagara|pagaras|le costara|te costara|le cobramos|te cobramos|se (?:lo|"
            r"la) cargamos|le pasamos|te pasamos)",
        )
    ),
    condition=Pattern(
        r"[?¿]|\b(?:si (?:usted|nos|me|desea|quiere|puede|tu|el|la|su)|siempre y cuando|en cuanto (?:nos|usted|me)|"
        r"cuando nos|podria\w*|pudiera|habria|hubiera|fue|era)\b"
    ),
    ours=Pattern(word_of(r"yo|nosotros|nuestr[oa]s?|mi|va a|van a|vamos a|\w+(?:are|ere|ire|remos|ran|ra)")),
)
