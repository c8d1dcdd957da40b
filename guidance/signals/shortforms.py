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
    "abigail": "abby abbie gail", "adelaide": "addie", "agnes": "aggie nessie", "albert": "al bert bertie", "alfred": "alf alfie fred", "amelia": "millie mel amy",
    "angela": "angie ange", "aoife": "eefa", "arthur": "art artie", "augustus": "gus", "beatrice": "bea trixie", "bernadette": "bernie detta", "bernard": "bernie",
    "bridget": "biddy bridie", "caroline": "caro carrie lina", "cecilia": "cissy celia", "charlotte": "lottie charlie lotte", "constance": "connie", "cordelia": "delia",
    "cornelius": "con neil", "dennis": "den denny", "dermot": "derry", "desmond": "des", "donald": "don donny", "douglas": "doug dougie", "edith": "edie", "edmund": "ed eddie ned",
    "eileen": "eily", "emily": "em emmy millie", "emma": "em", "eugene": "gene", "evelyn": "evie", "florence": "flo florrie flossie", "frances": "fran frankie fanny",
    "frederick": "fred freddie freddy", "gabriel": "gabe", "geoffrey": "geoff jeff", "geraldine": "gerry", "gertrude": "gertie trudy", "gregory": "greg", "gwendolyn": "gwen",
    "harold": "harry hal", "harriet": "hattie", "helen": "nell nellie", "herbert": "herb bert", "honor": "nora", "hubert": "bert", "hugh": "hughie", "ignatius": "iggy",
    "irene": "rene", "jacob": "jake", "janet": "jan", "jeffrey": "jeff", "jeremy": "jerry jem", "joanna": "jo joan", "judith": "judy jude", "julia": "jules", "juliet": "jules",
    "katrina": "kat trina", "kenneth": "ken kenny", "leslie": "les", "letitia": "letty tisha", "lillian": "lil lily", "lucinda": "lucy cindy", "madeleine": "maddie maddy",
    "magdalena": "lena magda", "marcus": "marc", "marjorie": "marge margie", "martha": "mattie patty", "martin": "marty", "matilda": "tilly tilda mattie", "mildred": "millie",
    "millicent": "millie", "mortimer": "mort", "muriel": "mu", "nancy": "nan", "natalia": "tasha talia natasha", "nathaniel": "nat nate nathan", "oswald": "oz ozzie",
    "penelope": "penny nell", "peter": "pete", "philippa": "pip pippa", "priscilla": "cilla", "prudence": "prue", "raymond": "ray", "reginald": "reg reggie", "roberta": "bobbie",
    "roderick": "rod", "roger": "rodge", "rosalind": "roz ros", "rosemary": "rosie rose", "rupert": "bertie", "russell": "russ", "sidney": "sid", "siobhan": "shiv",
    "sophia": "sophie", "stanley": "stan", "stuart": "stu", "sylvia": "syl", "tabitha": "tabby", "terence": "terry tel", "teresa": "terry tess", "thaddeus": "thad",
    "theodora": "thea dora theo", "valerie": "val", "vivian": "viv", "wilfred": "wilf fred", "wilhelmina": "mina willa minnie", "winifred": "winnie freda win",
    "winston": "win winnie", "zachariah": "zach zack",
}  # fmt: skip
_SHORT = {full: tuple(forms.split()) for full, forms in _FORMS.items()}


def is_short_form(word: str, full: str) -> bool:
    """Whether a folded word is a short form of a folded first name: a known one, or its first three letters and more."""
    return any_short_form((word,), full)


def any_short_form(words: Collection[str], full: str) -> bool:
    """Whether any of these words is a short form of a folded first name."""
    begun = (word for word in filter(full.startswith, words) if 3 <= len(word) < len(full))
    return any(form in words for form in _SHORT.get(full, ())) or any(begun)
