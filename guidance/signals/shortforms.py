"""Short and pet forms of first names: Bob is Robert, Sepp is Josef, Paco is Francisco."""

from __future__ import annotations

from collections.abc import Collection

_FORMS = {
    "alexander": "alex sasha sascha xander sandy lex", "alexandra": "alex sasha sandra lexi", "alejandro": "alex ale jandro", "andrew": "andy drew", "andreas": "andi andy", "anthony": "tony ant",
    "antonio": "toni tono", "barbara": "babs barb barbie", "benjamin": "ben benny benji", "catherine": "cath cathy kate katie cat kitty", "charles": "charlie chuck chas", "christina": "chris tina chrissy",
    "christopher": "chris kit topher", "concepcion": "concha conchita", "daniel": "dan danny dani", "david": "dave davy", "deborah": "deb debbie", "dolores": "lola", "dorothy": "dot dottie", "edward": "ed eddie ted ned teddy",
    "eleanor": "nell ellie nora", "elizabeth": "liz beth betty eliza lizzie libby betsy lisa elsie", "elisabeth": "lisa lisi elli sissi", "enrique": "quique kike", "francis": "frank fran", "francisco": "paco pancho curro fran kiko",
    "franziska": "franzi sissi", "friedrich": "fritz", "gabriela": "gabi", "georg": "schorsch", "gerald": "gerry jerry", "guadalupe": "lupe lupita", "guillermo": "memo guille", "hannah": "hanna", "heinrich": "heinz heiner hein",
    "henry": "hank harry hal", "ignacio": "nacho", "isabella": "bella izzy bell", "isabel": "isa bel", "jacqueline": "jackie", "james": "jim jimmy jamie", "jennifer": "jen jenny", "jesus": "chuy chus", "joachim": "jochen achim",
    "johannes": "hans hannes johann", "john": "jack johnny", "jonathan": "jon jonny", "josef": "sepp jupp josi pepi", "jose": "pepe", "joseph": "joe joey jo", "josephine": "jo josie", "katherine": "kate katie kathy kat kitty", "kathleen": "kathy kate",
    "katharina": "kathi kati", "lawrence": "larry", "leonard": "len lenny leo", "ludwig": "wiggerl lutz", "manuel": "manolo manu", "margaret": "peggy maggie meg madge rita greta", "margarete": "grete gretel", "maria": "mia mitzi marie",
    "mary": "molly polly", "matthew": "matt", "michael": "mike mick micky mikey michi", "mohammed": "mo mohammad muhammad", "mohamed": "mo mohammed muhammad", "nicholas": "nick nicky", "nikolaus": "klaus niki", "oliver": "olly ollie", "patricia": "pat patty trish tricia",
    "patrick": "pat paddy", "pamela": "pam", "philip": "phil pip", "rebecca": "becky becca", "richard": "rick dick rich richie", "robert": "bob bobby rob robbie bert", "ronald": "ron ronnie", "rosario": "charo", "samantha": "sam", "samuel": "sam", "sandra": "sandy", "sarah": "sally",
    "sebastian": "seb basti bastian", "stephen": "steve stevie", "steven": "steve stevie", "stefan": "steff", "susan": "sue suzie susie", "theodore": "ted theo teddy", "theresa": "terry tess resi", "thomas": "tom tommy", "timothy": "tim", "ulrich": "uli", "victoria": "vicky tori vic",
    "vincent": "vince", "virginia": "ginny", "walter": "walt", "wilhelm": "willi willy", "william": "bill will billy willie liam", "zachary": "zach zack", "aleksandr": "sasha sascha", "dmitri": "dima mitya", "ekaterina": "katya", "ivan": "vanya", "vladimir": "vova volodya",
    "michel": "michou", "jean-pierre": "jp", "nathalie": "nath", "veronique": "vero", "sebastien": "seb", "frederic": "fred",
}  # fmt: skip
_SHORT = {full: tuple(forms.split()) for full, forms in _FORMS.items()}


def is_short_form(word: str, full: str) -> bool:
    """Whether a folded word is a short form of a folded first name: a known one, or its first three letters and more."""
    return any_short_form((word,), full)


def any_short_form(words: Collection[str], full: str) -> bool:
    """Whether any of these words is a short form of a folded first name."""
    begun = (word for word in filter(full.startswith, words) if 3 <= len(word) < len(full))
    return any(form in words for form in _SHORT.get(full, ())) or any(begun)
