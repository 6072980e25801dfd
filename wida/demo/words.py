"""What the fictional families are made of. Every name and sentence is invented."""

SURNAMES = ["Aerdman", "Bosteels", "Cuyvelde", "Dergentin", "Eeckhaerts", "Fonteyners", "Gheldorp", "Haverhals", "Ickroth", "Jaspaerts", "Kestelier", "Lambrouck", "Moerdijck", "Neirinvelt", "Ottevaer", "Pauwelyns", "Quintelier", "Roelstraete", "Sterckmans", "Tielbeeck", "Uytdenhof", "Vanbrugghe", "Wellekom", "Yzerbaert", "Zandvliet", "Benhaddou", "Karatepe", "Wojtaszek", "Elmansour", "Demirkale", "Nowickan", "Traoresse", "Okonkwa", "Diallom"]
WOMEN = ["Kelly", "Sanne", "Fatiha", "Elif", "Joke", "Magda", "Inès", "Lore", "Nathalie", "Amina", "Wendy", "Saskia", "Dorota", "Yasmine", "Greet", "Ruth"]
MEN = ["Youri", "Kevin", "Brahim", "Murat", "Steven", "Dirk", "Piotr", "Glenn", "Rachid", "Wout", "Jorn", "Emre", "Filip", "Mamadou", "Gino", "Bart"]
CHILDREN = ["Noa", "Liam", "Fien", "Mila", "Senn", "Aya", "Lars", "Nore", "Yassin", "Ella", "Jules", "Rune", "Lina", "Milan", "Zoë", "Adam", "Febe", "Tuur", "Ilias", "Emma"]

PLACES = (
    "Beekdorp",
    "Hogerveld",
    "Kerkhoeve",
    "Lindebos",
    "Maaszicht",
    "Watermolen",
    "Zandhoven-Buiten",
    "Eikelaar",
)
STREETS = (
    "Akkerpad",
    "Kapelstraatje",
    "Molenveld",
    "Oude Dreef",
    "Rietgors",
    "Spoorwegdijk",
    "Veldekensweg",
    "Wilgenhof",
)

SITUATIONS = (
    "De buren belden de politie na geroep en geluid van brekend glas. **Mevrouw** had een gezwollen oog en wilde geen klacht "
    "neerleggen. De kinderen zaten boven in de slaapkamer.",
    "Het koppel is sinds kort uit elkaar. Meneer blijft aan de woning komen en stuurt tientallen berichten per dag. "
    "Mevrouw slaapt bij haar zus en durft niet alleen naar het werk.",
    "Er zijn al jaren spanningen over geld en drank. De laatste maanden escaleren de ruzies. De oudste komt tussen "
    "om zijn moeder te beschermen.",
    "Meneer controleert de telefoon en de uitgaven van mevrouw. Ze mag haar familie niet meer zien. De school merkt "
    "dat de kinderen stil en moe zijn.",
    "Beide ouders gebruiken. Er zijn in één jaar zes tussenkomsten van de politie geweest. De vrijwillige hulp liep vast "
    "omdat afspraken niet werden nagekomen.",
)
INCIDENTS = (
    "Slagen in het gezicht tijdens een ruzie over de opvang van de kinderen.",
    "Duwen en trekken in de gang, deur ingestampt. De politie kwam ter plaatse.",
    "Dreigde zichzelf en het gezin iets aan te doen als zij vertrekt.",
    "Kneep de keel dicht in de keuken. Mevrouw zag zwart voor de ogen.",
    "Wachtte haar op aan de schoolpoort en riep haar uit.",
    "Gooide een glas naar haar hoofd, het raakte de muur naast het kind.",
)
SHARED = {
    "parket": "Er lopen twee dossiers wegens slagen tussen partners. Een contactverbod geldt tot de volgende zitting.",
    "politie": "Vijf tussenkomsten in twaalf maanden, waarvan drie 's nachts.\n\n- de kinderen waren telkens thuis\n- één keer werd een wapen in beslag genomen",
    "ajh": "Meneer volgt onder voorwaarden een daderprogramma. Hij kwam naar vier van de zes sessies.",
    "opgroeien_ocj_sdj": "Het gezin is sinds de lente bekend. Er is geen dossier bij de jeugdrechtbank.",
    "caw": "Mevrouw komt wekelijks op gesprek. Ze wil dat het geweld stopt en vreest de kinderen te verliezen.",
    "vk": "De oudste sprak over bang zijn 's nachts. Er is een vervolggesprek gepland.",
    "ggz": "Aangemeld voor ambulante begeleiding, staat op de wachtlijst.",
    "ziekenhuis": "Twee consulten op spoed, met foto's van letsels in het medisch dossier.",
    "ocmw_lokaal_bestuur": "Budgetbegeleiding sinds twee jaar, er is een achterstand in de huur.",
}
GOALS = (
    (
        "veiligheid",
        "directe_veiligheid",
        "Er is geen geweld en geen bedreiging meer in huis",
        "Geen tussenkomst en geen melding in zes maanden",
    ),
    (
        "psychisch",
        "stabiele_veiligheid",
        "Beide ouders hebben zicht op wat hen kwetsbaar maakt en krijgen daar hulp voor",
        "Beiden volgen hun afspraken bij de hulpverlening",
    ),
    (
        "opvoeding_kinderen",
        "directe_veiligheid",
        "De kinderen voelen zich veilig en kunnen erover praten",
        "Elk kind noemt iemand bij wie het terechtkan",
    ),
    (
        "middelengebruik",
        "stabiele_veiligheid",
        "Er wordt thuis niet gebruikt",
        "Negatieve testen en een gesprek per maand",
    ),
    (
        "financien",
        "herstel",
        "De schulden lopen niet verder op",
        "De budgetbegeleider ziet drie maanden zonder nieuwe schuld",
    ),
)
ACTIONS = (
    "Veiligheidsplan opmaken met mevrouw",
    "Gesprek met meneer over het contactverbod",
    "Gesprek met de oudste over wat hij meemaakt",
    "Aanmelden bij de ambulante verslavingszorg",
    "Afbetalingsplan voor de huurachterstand opmaken",
    "Onaangekondigd toezicht op de voorwaarden",
)
