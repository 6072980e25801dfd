"""Invented people with names as they are met in Flanders: first names as they are borne, family names put together.

Family names are made of parts, so that there are tens of thousands of them, a few common and most rare.
"""

import random
from typing import NamedTuple


class Origin(NamedTuple):
    share: float
    women: list[str]
    men: list[str]
    family: tuple[tuple[str, ...], ...]  # a name takes one part of each


def _(words: str) -> list[str]:
    return words.split()


DUTCH_STEMS = _(
    "Acker Aert Baert Beek Berg Bock Boon Bosch Braem Broeck Bruyn Buys Camp Claes Cools Coppen Daem Deck Dries Elst "
    "Eynde Gheys Goem Goos Haeck Haver Heyd Hoef Hout Jacob Jans Kerck Kuyp Laer Lemm Lies Loos Maes Meer Meul Mich "
    "Moer Nijs Nuyt Oost Pauw Peet Pieter Poel Put Raes Reyn Roel Rooy Schep Sels Smets Steen Stev Straet Thys Timmer "
    "Veld Verb Verh Verm Vinck Vliet Vos Waeg Walle Wauter Wille Wint Wout Wuyt Zande Zeel Zwart"
)
DUTCH_ENDS = _(
    "aert aerts el els en ens er ers e hout hove huys ing inck kens laer man mans meer rick s sen steen ts veld"
)
FRENCH_STEMS = _(
    "Bar Beau Bel Bern Blanch Bois Bonn Bouch Bour Carp Cham Char Chev Clem Col Cour Dard Delac Delv Dem Den Dum Dup "
    "Fav Ferr Fontain Gar Gauth Ger Gil Gran Guill Hal Her Jac Lam Laur Leb Lef Lem Len Loub Mar Mat Merc Mor Nol Pet "
    "Pir Rem Ren Rob Rous Sim Thir Tour Val Vin"
)
FRENCH_ENDS = _("ard aux eau elle eron ert et ette ez eux ier ières iguet in ion ois on ot otte oux uel y")
ARABIC_STEMS = _(
    "Abd Ach Aher Akh Ala Amr Ask Aza Bach Bakk Bara Belk Bouk Chaf Charr Dahm Fass Ghaz Had Hamd Hass Idr Jabb Jal "
    "Kadd Karr Khal Khatt Lahl Lamr Mans Marz Mess Mok Mous Nass Ouah Ouaz Rach Rahm Sab Sadd Sal Slim Tah Yaz Zahr Zaou"
)
ARABIC_ENDS = _("aoui ar ari i ich id idi im imi ine ouch oudi oui oun ouni a ali ani ane aini")
TURKISH_STEMS = _(
    "Ak Al Ars Ay Bay Boz Çak Çel Çet Dem Doğ Er Göç Gül Gün Kap Kar Kay Koç Kor Kur Özt Pol Sar Şah Şim Tan Taş Tur "
    "Uğ Ünv Yav Yıl Yük Zey"
)
TURKISH_ENDS = _(
    "an ar aslan bulut çi dağ demir doğan er gül ik in ir kan kaya lar maz oğlu soy tekin türk yar yıldız yürek"
)
POLISH_STEMS = _(
    "Adam Bart Bied Borow Czar Dąb Dob Gaj Górs Grab Jank Jas Kacz Kam Kow Koz Król Krup Lew Łuk Maj Mal Maz Mich Now "
    "Ols Paw Piet Rog Rut Sad Sien Sik Sob Szym Tom Urb Wil Wiśn Wojc Wró Zaj Ziel Żur"
)
POLISH_ENDS = _(
    "acki alski arczyk arek as czak czyk ecki ek ewicz ewski iak icz iec ik iński kowski owicz owski ski yński ak"
)

ORIGINS = {
    "dutch": Origin(
        0.55,
        _("Anna Annelies An Ann Bieke Britt Charlotte Chris Dorien Elke Ellen Els Emma Eva Evi Fien Femke Greet Griet Hanne "
          "Heidi Hilde Ilse Ine Inge Ingrid Joke Jolien Julie Karen Karin Kathleen Katrien Kelly Kim Kirsten Lien Liesbeth "
          "Lies Linda Lotte Louise Lore Lut Maaike Marijke Marleen Martine Mieke Nele Nina Noor Petra Rita Roos Sara Sarah "
          "Silke Sofie Sonja Stefanie Tine Tineke Veerle Wendy"),
        _("Arne Bart Ben Bert Bram Brecht Carl Dieter Dirk Dries Eddy Erik Filip Frank Frederik Geert Gert Guy Hans Hendrik "
          "Jan Jasper Jef Jelle Jens Jeroen Johan Joris Jos Kevin Koen Kristof Lars Lennert Lode Luc Maarten Marc Mathias "
          "Michiel Niels Patrick Paul Pieter Peter Robbe Ruben Rudi Seppe Sven Stijn Thijs Thomas Tim Tom Toon Vincent "
          "Walter Ward Wim Wout Wouter Yannick"),
        (("", "", "", "", "Van ", "Van den ", "Van der ", "De ", "Vande", "Ver", "D'"), tuple(DUTCH_STEMS), tuple(DUTCH_ENDS)),
    ),
    "arabic": Origin(
        0.16,
        _("Aicha Amal Amina Asma Aya Btissam Chaima Dounia Fadoua Farida Fatima Fatiha Fatima-Zahra Habiba Hafida Hajar Hanane "
          "Hind Houda Ikram Ilham Imane Jamila Karima Khadija Laila Latifa Loubna Malika Mariam Meryem Mina Mounia Nadia Naima "
          "Najat Nora Ouafa Rachida Rajae Saida Salma Samira Sanae Siham Souad Soumia Wafa Yasmina Zineb Zohra"),
        _("Abdelaziz Abdelkader Abdellah Achraf Adil Ahmed Ali Amine Anas Ayoub Bilal Brahim Driss Fouad Hamid Hamza Hassan "
          "Hicham Ibrahim Ilias Ismail Jamal Kamal Karim Khalid Lahcen Mehdi Mimoun Mohamed Mostafa Mourad Moussa Mustapha "
          "Nabil Najib Nordin Omar Othman Rachid Redouan Reda Said Salah Samir Soufiane Tarik Walid Yassine Younes Youssef "
          "Zakaria"),
        (("El ", "El ", "Al ", "Ben ", "Ben", "Bou", "", "", "", "Ait "), tuple(ARABIC_STEMS), tuple(ARABIC_ENDS)),
    ),
    "french": Origin(
        0.15,
        _("Amélie Anne Aurélie Béatrice Brigitte Camille Caroline Catherine Cécile Chantal Charlène Chloé Christelle Claire "
          "Clémence Corinne Delphine Élise Élodie Émilie Florence Françoise Hélène Inès Isabelle Jacqueline Jeanne Jessica "
          "Justine Laetitia Laura Laurence Léa Louise Lucie Manon Marie Marie-Claire Marine Mathilde Mélanie Monique Nathalie "
          "Noémie Océane Pascale Pauline Sabine Sandrine Sophie Stéphanie Sylvie Valérie Véronique Virginie Zoé"),
        _("Adrien Alain Alexandre Antoine Arnaud Arthur Baptiste Benoît Bernard Bruno Cédric Christian Christophe Clément "
          "Damien Daniel David Denis Didier Dominique Emmanuel Éric Étienne Fabrice Florian François Frédéric Gauthier "
          "Geoffrey Gilles Grégory Guillaume Hugo Jacques Jean Jean-Luc Jean-Pierre Jérôme Joël Julien Laurent Loïc Louis "
          "Mathieu Maxime Michel Nicolas Olivier Pascal Philippe Pierre Quentin Raphaël Romain Sébastien Simon Stéphane "
          "Sylvain Théo Thierry Valentin Xavier Yves"),
        (("", "", "", "", "Du", "De ", "Le ", "La", "Des"), tuple(FRENCH_STEMS), tuple(FRENCH_ENDS)),
    ),
    "turkish": Origin(
        0.08,
        _("Aslı Ayşe Aylin Aysel Büşra Canan Çiğdem Derya Dilek Ebru Elif Emine Esra Fadime Fatma Gülay Gülşen Hacer Hatice "
          "Havva Hülya Kübra Leyla Medine Melek Meryem Nazlı Nuray Nurcan Özlem Pınar Selma Sevim Sibel Şengül Şerife Songül "
          "Sultan Tuğba Yasemin Yeliz Zehra Zeynep"),
        _("Adem Ahmet Ali Alper Arif Barış Bülent Burak Cem Cemal Deniz Emre Ercan Erdal Erkan Fatih Ferhat Gökhan Hakan Halil "
          "Hasan Hüseyin İbrahim İsmail Kadir Kemal Kenan Mehmet Mesut Metin Murat Mustafa Okan Onur Orhan Osman Ömer Özkan "
          "Ramazan Recep Selim Serkan Süleyman Şükrü Tolga Tuncay Uğur Ümit Volkan Yasin Yılmaz Yusuf"),
        (("",), tuple(TURKISH_STEMS), tuple(TURKISH_ENDS)),
    ),
    "polish": Origin(
        0.06,
        _("Agata Agnieszka Aleksandra Alicja Anna Barbara Beata Bożena Danuta Dorota Edyta Elżbieta Ewa Grażyna Halina Hanna "
          "Irena Iwona Jadwiga Joanna Jolanta Justyna Karolina Katarzyna Kinga Krystyna Magdalena Małgorzata Maria Marta "
          "Monika Natalia Paulina Renata Sylwia Teresa Urszula Wioletta Zofia"),
        _("Adam Andrzej Artur Bartosz Bogdan Dariusz Dawid Grzegorz Henryk Jacek Jakub Jan Jarosław Jerzy Józef Kamil Karol "
          "Krzysztof Leszek Łukasz Maciej Marcin Marek Mariusz Mateusz Michał Mirosław Paweł Piotr Przemysław Rafał Robert "
          "Ryszard Sławomir Stanisław Szymon Tadeusz Tomasz Waldemar Wiesław Wojciech Zbigniew"),
        (("",), tuple(POLISH_STEMS), tuple(POLISH_ENDS)),
    ),
}  # fmt: skip


def skewed(chance: random.Random, words: list[str] | tuple[str, ...], strength: float = 1.6) -> str:
    """One of the words, the first ones far more often than the last."""
    return words[int(len(words) * chance.random() ** strength)]


def family_name(chance: random.Random, origin: Origin) -> str:
    prefix, stem, end = origin.family
    lead = chance.choice(prefix)
    body = skewed(chance, stem) + skewed(chance, end)
    return lead + (body.lower() if lead and not lead.endswith((" ", "'")) else body)
