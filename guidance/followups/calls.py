"""In which words a reply tells of a call that was made, reached or not.

Patterns over folded text (small letters, plain quotes), for the languages in which promises are found.
"""

from __future__ import annotations

from guidance.text.patterns import either, one_of

_I_HAVE = r"(?:(?:i|we)(?:'ve| have|'d| had)?(?: just| also| now| already| again)*|just|only just)"
_AGO = (
    r"(?:just now|earlier|today|yesterday|(?:a|an|\w+) (?:moment|minute|second|sec|while|hour|bit|minutes|hours|few minutes) ago|twice|"
    r"again|at \w+|on \w+day|this (?:morning|afternoon|evening))"
)
_THEN = one_of(
    rf" (?:{_AGO}|on the phone|by phone)\b",
    r" (?:and (?:left|told|got|spoke|talked|reached|couldn't|could not|nobody|no one|there|it)|but (?:got|you|only|"
    r"no|nobody|there|only|could|it)|as (?:promised|agreed))\b",
    r" ?(?:[.,;:!)-]|$)",
)
_YOUR_LINE = r"your (?:number|phone|mobile|cell|cellphone|line|landline|office|home)"
_YOU_THEN = one_of(rf" you\b| back\b| {_YOUR_LINE}\b", _THEN)
"""Whom somebody called: the customer, or nobody named. A call to the warehouse is none to them."""

_MADE = either(
    r"(?:i|we) did (?:call|ring|phone)(?: you)?(?: at| earlier| today|[.,;!]| ?$)",
    r"(?:i|we)(?:'ve| have) been (?:calling|ringing|phoning)(?: you)? (?:since|all|every)",
    r"your \w+ (?:took|answered) (?:my|the) call|missed call from (?:us|me|our|\d)|we(?:'ve| have)?(?: only)? just hung up",
    rf"{_I_HAVE} (?:called|rang|rung|phoned|telephoned|dialled|reached){_YOU_THEN}",
    rf"{_I_HAVE} (?:gave|given) you a (?:\w+ )?(?:call|ring|bell|buzz|tinkle)\b",
    rf"{_I_HAVE} (?:tried|been trying|attempted) (?:to (?:call|reach|ring|phone|catch)|calling|ringing|phoning|reaching){_YOU_THEN}",
    rf"(?:^|{_I_HAVE} )(?:tried|attempted) (?:to (?:call|reach|ring|phone|catch|contact|give)|calling|ringing|phoning) you\b",
    rf"(?:^|{_I_HAVE} |twice )(?:tried|attempted) (?:you|{_YOUR_LINE})\b",
    r"(?:left|leaving|dropped) (?:you )?(?:a|another) (?:voice ?mail|(?:voice )?message) (?:on|in|at) (?:your|the) (?:\w+ ){0,2}(?:machine|"
    r"phone|mailbox|voicemail|mobile|cell|line|number|landline)",
    r"my call (?:\w+ ){0,3}(?:went|got|rang)\b",
    rf"{_I_HAVE} (?:called|rang|phoned) (?:the number (?:you|on)|both (?:of )?(?:your )?numbers)",
    r"(?:got (?:through to )?|reached |only got |met |spoke to |talked to )your (?:voice ?mail|answering machine|answerphone|machine|mailbox)",
    rf"(?:left|dropped) you a (?:quick )?(?:voice ?mail|voice message|message)\b|left a (?:voice ?mail|message){_THEN}",
)
_TALKED = either(
    rf"{_I_HAVE} (?:spoke|spoken|talked|chatted) (?:to|with) you\b",
    rf"we(?:'ve| have)?(?: just)? (?:spoke|spoken|talked|chatted){_THEN}",
    r"(?:as|like) (?:we )?(?:discussed|spoke|agreed|promised|said)\b.{0,30}\b(?:phone|call)",
    r"as (?:i|we) (?:told|explained|said)(?: to)?(?: you)? (?:on|over|by) the phone",
    r"your (?:line|phone|number) (?:was|kept being) (?:engaged|busy|switched off)",
    r"(?:on|over) the phone (?:just now|earlier|today|this|a moment)|(?:off|finished) (?:the phone|our call|the call) with you",
    r"(?:good|nice|great|lovely|pleasure|thank you for|thanks for) "
    + one_of(
        r"(?:to (?:finally )?)?(?:speak|talk|chat|catch)(?:ing)? (?:to|with|up with) you|speaking|talking|chatting|the (?:call|chat)",
        r"taking (?:my|the|our) call",
        r"your time on|picking up|answering (?:the|my)|(?:taking )?(?:the|your) time (?:to (?:talk|speak|chat)|on the)",
        r"to (?:finally )?(?:hear your voice|have (?:reached|caught|spoken))",
    ),
    r"(?:our|the) (?:\w+ )?(?:call|conversation|chat|talk) (?:just now|earlier|today|of|on the phone|by phone|"
    r"this (?:morning|afternoon|evening))",
    r"had (?:a|an|our) (?:\w+ )?(?:call|chat|talk|conversation) (?:on the phone|by phone|with you|just now|earlier|today|at)",
    rf"you(?: two| both)? (?:spoke|talked|chatted) (?:{_AGO}|(?:to|with) "
    rf"(?:me|us|(?:my|our) \w+|(?:the )?[a-z]+ {_AGO}))",
)
_ELSEWHERE = either(
    r"am telefon (?:besprochen|gesagt)|sprechen konnten|wie (?:telefonisch )?besprochen",
    r"(?:telefonat|gesprach|anruf) (?:eben|vorhin|gerade|soeben|von (?:heute|eben|vorhin)|heute|am)",
    r"dank\w* fur (?:das|unser|ihr) (?:\w+ )?(?:telefonat|gesprach|telefongesprach)",
    r"(?:mailbox|anrufbeantworter|band) (?:gesprochen|hinterlassen|erreicht|dran)",
    r"bei ihnen (?:geklingelt|durchgeklingelt|klingeln lassen)|versucht,? (?:sie|dich|euch) (?:\w+ )?(?:zu erreichen|anzurufen)",
    r"(?:sie|dich) (?:\w+ ){0,3}angerufen",
    r"como (?:hablamos|comentamos)",
    r"acab\w+ de llamar|(?:le|te|lo|la|os|les) (?:he |hemos )llamado|(?:le|te|lo|la) llame (?:hace|a las|esta|y|pero|ayer|hoy)",
    r"gracias por (?:atender|coger|contestar|su tiempo al)",
    r"(?:placer|gusto|agradable) (?:\w+ )?hablar con",
    r"(?:salto|salta|dej\w+|en) (?:el|su|un(?: mensaje en (?:el|su))?) (?:buzon|contestador)",
    r"(?:nuestra|la) (?:llamada|conversacion) (?:de|hace|telefonica)",
    r"intent\w+ (?:llamar|contactar|localizar|comunicarme)\w* (?:\w+ )?(?:con usted|por telefono|sin exito|hace|esta|hoy)",
    r"intent\w+ (?:llamar|localizar)(?:le|te|la|lo)",
    r"comme convenu (?:au|par) telephone|(?:essaye|tente) de vous (?:joindre|appeler|contacter par telephone|rappeler)",
    r"(?:laisser?|laisse) un message (?:vocal|sur|a|hier|ce|tout a l'heure|chez)|vous (?:ai|avons) laisse un message",
    r"vous (?:ai|avons) (?:\w+ )?(?:appelee?s?|rappelee?s?|jointe?s?)|viens de vous (?:appeler|rappeler|avoir)",
    r"(?:notre|cet) (?:echange|appel|conversation|entretien)(?: \w+)? (?:telephonique|de|du|d')",
)
SHOWN = either(_MADE, _TALKED, _ELSEWHERE)
"""What tells of a call as made."""

DESPITE = either(
    r"missed you(?: (?:when (?:i|we) (?:called|rang|phoned)|on the phone|at \w+)\b| ?[.,;!])",
    r"(?:tried|trying|attempted) to get (?:hold of|through to|in touch with) you(?: (?:by|on) (?:the |your )?(?:phone|mobile|cell)|"
    r" just now| earlier| at|\W|$)",
    r"(?:couldn't|could not|was unable to|wasn't able to|didn't manage to|unable to|failed to) (?:get (?:hold of|through to)|"
    r"reach|catch) you(?: (?:on|by) (?:the )?(?:phone|mobile|cell|either|"
    r"any|your)(?: \w+)?| at| just now| earlier| this| today|\W|$)",
    rf"no (?:luck|joy|success) (?:reaching|getting (?:hold of|through to)|catching|calling|ringing) (?:you|{_YOUR_LINE})",
    r"you (?:didn't|did not|weren't able to|couldn't|could not) (?:pick up|come to the phone|take (?:the|my) call|"
    r"answer (?:the|my|your) (?:phone|call))",
    r"(?:you didn't answer|no (?:answer|one|reply)|nobody (?:answered|picked up)) when (?:i|we) (?:called|rang|phoned)",
    r"(?:sie|dich|euch)(?: \w+){0,3} nicht (?:telefonisch |am telefon )?(?:erreicht|erreichen)",
    r"(?:n'ai|n'avons|n'ai malheureusement) pas (?:\w+ )?(?:pu|reussi a) vous (?:joindre|avoir)|vous n'avez pas (?:repondu|decroche)",
    r"no (?:he|hemos) (?:podido|conseguido|logrado) (?:hablar con usted|contactar\w*|localizar\w*)",
    r"no (?:contesto|contestaba|cogio|respondio|atendio)(?: \w+)? ?(?:nadie|usted|el|la|al|$|[.,])",
)
"""What tells of a call although it denies that it reached them."""

THANKED = (
    r"thank(?:s| you)(?: so much| very much| a lot)? for (?:the (?:\w+ )?(?:call|chat)|"
    r"(?:your|calling|ringing|phoning)(?: me)?(?: call)?(?: back)?)(?: (?:\w+)){0,2}(?: ?[.,;!]|$)"
)
"""In which words a customer tells of it."""
