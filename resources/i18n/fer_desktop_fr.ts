<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AboutPage</name>
    <message>
        <source>Expressions on the faces of a video call, for the class as a whole: an aid and never a verdict.</source>
        <translation>Les expressions des visages d’un appel vidéo, pour la classe entière&#xa0;: une aide, jamais un jugement.</translation>
    </message>
    <message>
        <source>Python {python} · Qt {qt} · MIT licence</source>
        <translation>Python {python} · Qt {qt} · licence MIT</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>Works on this computer alone. No picture is saved.</source>
        <translation>Tout reste sur cet ordinateur. Aucune image n’est enregistrée.</translation>
    </message>
</context>
<context>
    <name>AlertLine</name>
    <message>
        <source>Alert</source>
        <translation>Alerte</translation>
    </message>
    <message>
        <source>Mark this moment</source>
        <translation>Marquer ce moment</translation>
    </message>
    <message>
        <source>No alert for a while</source>
        <translation>Pas d’alerte pour un moment</translation>
    </message>
    <message>
        <source>Not useful</source>
        <translation>Pas utile</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>Silence</translation>
    </message>
    <message>
        <source>Useful</source>
        <translation>Utile</translation>
    </message>
</context>
<context>
    <name>AnswersLine</name>
    <message numerus="yes">
        <source>%n lines are damaged and cannot be read; they are kept</source>
        <translation>
            <numerusform>%n ligne est abîmée et illisible&#xa0;; elle est gardée</numerusform>
            <numerusform>%n lignes sont abîmées et illisibles&#xa0;; elles sont gardées</numerusform>
        </translation>
    </message>
    <message>
        <source>A copy is saved to {path}</source>
        <translation>Une copie est enregistrée&#xa0;: {path}</translation>
    </message>
    <message>
        <source>Change answers</source>
        <translation>Changer les réponses</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>Lignes JSON (*.jsonl)</translation>
    </message>
    <message>
        <source>Nothing is answered yet: no class, camera or recording is opened before.</source>
        <translation>Rien n’a encore de réponse&#xa0;: avant cela, aucune classe, caméra ou vidéo n’est ouverte.</translation>
    </message>
    <message>
        <source>Of the log of your answers</source>
        <translation>Du journal de vos réponses</translation>
    </message>
    <message>
        <source>One line is damaged and cannot be read; it is kept as it is</source>
        <translation>Une ligne est abîmée et illisible&#xa0;; elle est gardée telle quelle</translation>
    </message>
    <message>
        <source>Save a copy of the log</source>
        <translation>Enregistrer une copie du journal</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>Enregistrer une copie…</translation>
    </message>
    <message>
        <source>The last is of {day}, {time}</source>
        <translation>Dernière entrée&#xa0;: {day}, {time}</translation>
    </message>
    <message numerus="yes">
        <source>The log of your answers has %n entries</source>
        <translation>
            <numerusform>Le journal de vos réponses a %n entrée</numerusform>
            <numerusform>Le journal de vos réponses a %n entrées</numerusform>
        </translation>
    </message>
    <message>
        <source>The log of your answers has one entry</source>
        <translation>Le journal de vos réponses a une entrée</translation>
    </message>
    <message>
        <source>The log of your answers is empty</source>
        <translation>Le journal de vos réponses est vide</translation>
    </message>
    <message>
        <source>{sentences}.</source>
        <translation>{sentences}.</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>A fault in the program was met; a running session goes on. What happened is in the log file {file}.</source>
        <translation>Le programme a rencontré un défaut&#xa0;; une séance en cours continue. Ce qui s’est passé est dans le journal {file}.</translation>
    </message>
    <message>
        <source>A fault in the program was met; a running session goes on. What happened is in the log file.</source>
        <translation>Le programme a rencontré un défaut&#xa0;; une séance en cours continue. Ce qui s’est passé est dans le journal.</translation>
    </message>
    <message>
        <source>No font here has the letters of {language}, so the window is in English. Install one, such as Noto Sans Devanagari, and start again.</source>
        <translation>Aucune police installée n’a les lettres pour {language}&#xa0;: la fenêtre est donc en anglais. Installez-en une, comme Noto Sans Devanagari, et redémarrez.</translation>
    </message>
</context>
<context>
    <name>ClassBars</name>
    <message>
        <source>Expressions of the class now</source>
        <translation>Expressions de la classe maintenant</translation>
    </message>
    <message>
        <source>No figures: no face is readable.</source>
        <translation>Pas de chiffres&#xa0;: aucun visage n’est lisible.</translation>
    </message>
    <message>
        <source>No figures: too few faces are readable.</source>
        <translation>Pas de chiffres&#xa0;: trop peu de visages sont lisibles.</translation>
    </message>
    <message numerus="yes">
        <source>{expression} {share}, 95 % interval {low} to {high} %, {count} of %n readable faces look most like it</source>
        <translation>
            <numerusform>{expression} {share}, intervalle à 95&#xa0;% de {low} à {high}&#xa0;%, {count} visage lisible sur %n y ressemble le plus</numerusform>
            <numerusform>{expression} {share}, intervalle à 95&#xa0;% de {low} à {high}&#xa0;%, {count} visages lisibles sur %n y ressemblent le plus</numerusform>
        </translation>
    </message>
    <message>
        <source>{expression}: no figure</source>
        <translation>{expression}&#xa0;: pas de chiffre</translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message numerus="yes">
        <source>%n are read: figures from {least} on</source>
        <translation>
            <numerusform>%n lu&#xa0;: chiffres à partir de {least}</numerusform>
            <numerusform>%n lus&#xa0;: chiffres à partir de {least}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n came back</source>
        <translation>
            <numerusform>%n de retour</numerusform>
            <numerusform>%n de retour</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cameras on</source>
        <translation>
            <numerusform>%n caméra allumée</numerusform>
            <numerusform>%n caméras allumées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n have left</source>
        <translation>
            <numerusform>%n parti</numerusform>
            <numerusform>%n partis</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n here</source>
        <translation>
            <numerusform>%n présent</numerusform>
            <numerusform>%n présents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n laissé de côté</numerusform>
            <numerusform>%n laissés de côté</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n markers</source>
        <translation>
            <numerusform>%n repère</numerusform>
            <numerusform>%n repères</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tiles</source>
        <translation>
            <numerusform>%n vignette</numerusform>
            <numerusform>%n vignettes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a face</source>
        <translation>
            <numerusform>%n sans visage</numerusform>
            <numerusform>%n sans visage</numerusform>
        </translation>
    </message>
    <message>
        <source>1 camera on</source>
        <translation>1 caméra allumée</translation>
    </message>
    <message>
        <source>1 has left</source>
        <translation>1 parti</translation>
    </message>
    <message>
        <source>1 marker</source>
        <translation>1 repère</translation>
    </message>
    <message>
        <source>1 tile</source>
        <translation>1 vignette</translation>
    </message>
    <message numerus="yes">
        <source>Left %n times before</source>
        <translation>
            <numerusform>Déjà parti %n fois</numerusform>
            <numerusform>Déjà parti %n fois</numerusform>
        </translation>
    </message>
    <message>
        <source>Left once before</source>
        <translation>Déjà parti une fois</translation>
    </message>
    <message>
        <source>Left twice before</source>
        <translation>Déjà parti deux fois</translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n cameras are read</source>
        <translation>
            <numerusform>{readable} caméra lue sur %n</numerusform>
            <numerusform>{readable} caméras lues sur %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n faces are read</source>
        <translation>
            <numerusform>{readable} visage lu sur %n</numerusform>
            <numerusform>{readable} visages lus sur %n</numerusform>
        </translation>
    </message>
    <message>
        <source>{readable} of 1 camera is read</source>
        <translation>{readable} caméra lue sur 1</translation>
    </message>
    <message>
        <source>{readable} of 1 face is read</source>
        <translation>{readable} visage lu sur 1</translation>
    </message>
    <message numerus="yes">
        <source>{tiles} and %n faces beside them</source>
        <translation>
            <numerusform>{tiles} et %n visage à côté</numerusform>
            <numerusform>{tiles} et %n visages à côté</numerusform>
        </translation>
    </message>
    <message>
        <source>{tiles} and 1 face beside them</source>
        <translation>{tiles} et 1 visage à côté</translation>
    </message>
</context>
<context>
    <name>CountsTable</name>
    <message>
        <source>Faces now and usually</source>
        <translation>Visages maintenant et d’habitude</translation>
    </message>
    <message>
        <source>No figures</source>
        <translation>Pas de chiffres</translation>
    </message>
    <message>
        <source>Not of this moment: {faces}</source>
        <translation>Pas de ce moment&#xa0;: {faces}</translation>
    </message>
    <message>
        <source>before</source>
        <comment>before a marker</comment>
        <translation>avant</translation>
    </message>
    <message>
        <source>faces, about</source>
        <translation>visages, environ</translation>
    </message>
    <message>
        <source>now</source>
        <translation>maintenant</translation>
    </message>
    <message>
        <source>usually</source>
        <translation>d’habitude</translation>
    </message>
    <message>
        <source>{group}: about {now}</source>
        <translation>{group}&#xa0;: environ {now}</translation>
    </message>
    <message>
        <source>{group}: about {now}, before the marker {usual}</source>
        <translation>{group}&#xa0;: environ {now}, avant le repère {usual}</translation>
    </message>
    <message>
        <source>{group}: about {now}, usually {usual}</source>
        <translation>{group}&#xa0;: environ {now}, d’habitude {usual}</translation>
    </message>
</context>
<context>
    <name>CoverageLine</name>
    <message>
        <source>Coverage</source>
        <translation>Couverture</translation>
    </message>
    <message>
        <source>Figures from so few faces would describe individual people, not a class: none are shown or saved</source>
        <translation>Des chiffres tirés de si peu de visages décriraient des personnes, non une classe&#xa0;: aucun n’est montré ni enregistré</translation>
    </message>
    <message>
        <source>No camera is on</source>
        <translation>Aucune caméra n’est allumée</translation>
    </message>
    <message>
        <source>No face found yet</source>
        <translation>Aucun visage trouvé pour l’instant</translation>
    </message>
    <message>
        <source>Not read: {reasons}</source>
        <translation>Non lus&#xa0;: {reasons}</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation>Rien de lu pour l’instant</translation>
    </message>
    <message>
        <source>Paused: no figures</source>
        <translation>En pause&#xa0;: pas de chiffres</translation>
    </message>
    <message>
        <source>The computer slept: no figures</source>
        <translation>L’ordinateur était en veille&#xa0;: pas de chiffres</translation>
    </message>
    <message>
        <source>The source gives no picture</source>
        <translation>La source ne donne pas d’image</translation>
    </message>
    <message>
        <source>Too slow: nothing was read in this second</source>
        <translation>Trop lent&#xa0;: rien n’a été lu pendant cette seconde</translation>
    </message>
    <message>
        <source>Waiting: the call is covered or minimised</source>
        <translation>En attente&#xa0;: l’appel est couvert ou réduit</translation>
    </message>
    <message>
        <source>{count} {reason}</source>
        <comment>2 too small</comment>
        <translation>{count} {reason}</translation>
    </message>
    <message>
        <source>{words}.</source>
        <comment>a sentence with its full stop</comment>
        <translation>{words}.</translation>
    </message>
</context>
<context>
    <name>DemoPicture</name>
    <message>
        <source>The demo class</source>
        <translation>La classe de démo</translation>
    </message>
</context>
<context>
    <name>Erasing</name>
    <message>
        <source>The lessons could not be erased. {reason}</source>
        <translation>Les cours n’ont pas pu être effacés. {reason}</translation>
    </message>
    <message>
        <source>What the marker says could not be erased. {reason}</source>
        <translation>Le texte du repère n’a pas pu être effacé. {reason}</translation>
    </message>
    <message>
        <source>“{name}” could not be erased. {reason}</source>
        <translation>«&#xa0;{name}&#xa0;» n’a pas pu être effacé. {reason}</translation>
    </message>
</context>
<context>
    <name>Expression</name>
    <message>
        <source>angry</source>
        <translation>en colère</translation>
    </message>
    <message>
        <source>disgust</source>
        <translation>dégoûté</translation>
    </message>
    <message>
        <source>fear</source>
        <translation>effrayé</translation>
    </message>
    <message>
        <source>happy</source>
        <translation>content</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>neutre</translation>
    </message>
    <message>
        <source>sad</source>
        <translation>triste</translation>
    </message>
    <message>
        <source>surprise</source>
        <translation>surpris</translation>
    </message>
</context>
<context>
    <name>FileField</name>
    <message>
        <source>Choose</source>
        <translation>Choisir</translation>
    </message>
    <message>
        <source>Choose: {title}</source>
        <translation>Choisir&#xa0;: {title}</translation>
    </message>
    <message>
        <source>Clear the field</source>
        <translation>Vider le champ</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Accept and start</source>
        <translation>Accepter et commencer</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Before you begin</source>
        <translation>Avant de commencer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Change answers</source>
        <translation>Changer les réponses</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>Save answers</source>
        <translation>Enregistrer</translation>
    </message>
</context>
<context>
    <name>GlancePanel</name>
    <message>
        <source>Figures from so few faces would describe individual people, not a class.</source>
        <translation>Des chiffres tirés de si peu de visages décriraient des personnes, non une classe.</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation>Rien de lu pour l’instant</translation>
    </message>
    <message>
        <source>One square for each camera appears here once faces are read.</source>
        <translation>Un carré par caméra apparaît ici dès que des visages sont lus.</translation>
    </message>
    <message>
        <source>The class at a glance</source>
        <translation>La classe en un coup d’œil</translation>
    </message>
    <message>
        <source>The lesson has ended. Its course is kept below.</source>
        <translation>Le cours est terminé. Son déroulement reste ci-dessous.</translation>
    </message>
</context>
<context>
    <name>GroupWords</name>
    <message numerus="yes">
        <source>%n cameras off</source>
        <translation>
            <numerusform>%n caméra éteinte</numerusform>
            <numerusform>%n caméras éteintes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n neutral</source>
        <translation>
            <numerusform>%n neutre</numerusform>
            <numerusform>%n neutres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n no face</source>
        <translation>
            <numerusform>%n sans visage</numerusform>
            <numerusform>%n sans visage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not sure</source>
        <translation>
            <numerusform>%n incertain</numerusform>
            <numerusform>%n incertains</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sad, afraid or angry</source>
        <translation>
            <numerusform>%n triste, effrayé ou en colère</numerusform>
            <numerusform>%n tristes, effrayés ou en colère</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n smiling</source>
        <translation>
            <numerusform>%n sourit</numerusform>
            <numerusform>%n sourient</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n surprised</source>
        <translation>
            <numerusform>%n surpris</numerusform>
            <numerusform>%n surpris</numerusform>
        </translation>
    </message>
    <message>
        <source>1 camera off</source>
        <translation>1 caméra éteinte</translation>
    </message>
    <message>
        <source>camera off</source>
        <translation>caméra éteinte</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>neutre</translation>
    </message>
    <message>
        <source>no face</source>
        <translation>pas de visage</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>incertain</translation>
    </message>
    <message>
        <source>sad, afraid or angry</source>
        <translation>triste, effrayé ou en colère</translation>
    </message>
    <message>
        <source>smiling</source>
        <translation>souriant</translation>
    </message>
    <message>
        <source>surprised</source>
        <translation>surpris</translation>
    </message>
</context>
<context>
    <name>HeaderBar</name>
    <message>
        <source>End the session and save it (Ctrl+E)</source>
        <translation>Terminer la séance et l’enregistrer (Ctrl+E)</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>En direct</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Repère</translation>
    </message>
    <message>
        <source>Name this moment in the file (M)</source>
        <translation>Nommer ce moment dans le fichier (M)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pause or resume (Space)</source>
        <translation>Pause ou reprise (Espace)</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Playing</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Enregistrement</translation>
    </message>
    <message>
        <source>Settings (Ctrl+,)</source>
        <translation>Paramètres (Ctrl+,)</translation>
    </message>
    <message>
        <source>Show or hide what is read (Ctrl+L)</source>
        <translation>Afficher ou masquer ce qui est lu (Ctrl+L)</translation>
    </message>
    <message>
        <source>Source lost</source>
        <translation>Source perdue</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Démarrage</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>&amp;Cameras and all others</source>
        <translation>Ca&amp;méras et toutes les autres</translation>
    </message>
    <message>
        <source>&amp;Demo class</source>
        <translation>Classe de dé&amp;mo</translation>
    </message>
    <message>
        <source>&amp;Folder of pictures…</source>
        <translation>&amp;Dossier d’images…</translation>
    </message>
    <message>
        <source>&amp;Recording or pictures…</source>
        <translation>&amp;Vidéo ou images…</translation>
    </message>
    <message>
        <source>&amp;Window…</source>
        <translation>&amp;Fenêtre…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Modifier…</translation>
    </message>
    <message>
        <source>Draw a region</source>
        <translation>Tracer une zone</translation>
    </message>
    <message>
        <source>Kept for {days} days, then erased.</source>
        <translation>Conservés {days} jours, puis effacés.</translation>
    </message>
    <message>
        <source>Kept until the next lesson or start, then erased.</source>
        <translation>Conservés jusqu’au prochain cours ou démarrage, puis effacés.</translation>
    </message>
    <message>
        <source>Kept until you erase them.</source>
        <translation>Conservés jusqu’à ce que vous les effaciez.</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>More sources</source>
        <translation>Autres sources</translation>
    </message>
    <message>
        <source>Only figures of the class are kept. No picture is saved, and nothing leaves this computer.</source>
        <translation>Seuls les chiffres de la classe sont gardés. Aucune image n’est enregistrée, et rien ne quitte cet ordinateur.</translation>
    </message>
    <message>
        <source>S&amp;tream…</source>
        <translation>F&amp;lux…</translation>
    </message>
    <message>
        <source>Save or erase…</source>
        <translation>Enregistrer ou effacer…</translation>
    </message>
    <message>
        <source>Start a lesson</source>
        <translation>Commencer un cours</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Bienvenue</translation>
    </message>
    <message>
        <source>Your lessons</source>
        <translation>Vos cours</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Add a marker; press twice to add it without a name</source>
        <translation>Poser un repère&#xa0;; deux fois pour le poser sans nom</translation>
    </message>
    <message>
        <source>Arrows, Space</source>
        <translation>Flèches, Espace</translation>
    </message>
    <message>
        <source>Bring everybody back</source>
        <translation>Faire revenir tout le monde</translation>
    </message>
    <message>
        <source>Choose a part of the screen</source>
        <translation>Choisir une partie de l’écran</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Ctrl+,</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation>Ctrl+E</translation>
    </message>
    <message>
        <source>Ctrl+H</source>
        <translation>Ctrl+H</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Ctrl+L</translation>
    </message>
    <message>
        <source>Ctrl+M</source>
        <translation>Ctrl+M</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Ctrl+O</source>
        <translation>Ctrl+O</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Ctrl+Q</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation>Ctrl+Maj+O</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>F11</source>
        <translation>F11</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>In the live view: move between faces, leave out or bring back</source>
        <translation>Dans la vue en direct&#xa0;: passer d’un visage à l’autre, laisser de côté ou faire revenir</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>M</source>
        <translation>M</translation>
    </message>
    <message>
        <source>Mini strip</source>
        <translation>Petite barre</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>Nouvelle séance</translation>
    </message>
    <message>
        <source>Open a folder of pictures</source>
        <translation>Ouvrir un dossier d’images</translation>
    </message>
    <message>
        <source>Open a recording or pictures</source>
        <translation>Ouvrir une vidéo ou des images</translation>
    </message>
    <message>
        <source>Pause or resume</source>
        <translation>Pause ou reprise</translation>
    </message>
    <message>
        <source>Quit; a running session is saved</source>
        <translation>Quitter&#xa0;; une séance en cours est enregistrée</translation>
    </message>
    <message>
        <source>Saved lessons</source>
        <translation>Cours enregistrés</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Show or hide what is read</source>
        <translation>Afficher ou masquer ce qui est lu</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espace</translation>
    </message>
    <message>
        <source>Stop and save</source>
        <translation>Arrêter et enregistrer</translation>
    </message>
    <message>
        <source>This page</source>
        <translation>Cette page</translation>
    </message>
</context>
<context>
    <name>KnowingPage</name>
    <message>
        <source>A face that looks sad may be tired, reading, or listening closely.</source>
        <translation>Un visage qui a l’air triste peut être fatigué, en train de lire, ou très attentif.</translation>
    </message>
    <message>
        <source>About how many faces look neutral, smile, or look sad, afraid or angry.</source>
        <translation>Environ combien de visages ont l’air neutres, sourient, ou ont l’air tristes, effrayés ou en colère.</translation>
    </message>
    <message>
        <source>Guesses about faces. Even on good photographs many are wrong, and of the faces shown as sad, afraid or angry often more than half; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>Il devine d’après les visages. Même sur de bonnes photos, il se trompe beaucoup, et souvent pour plus de la moitié des visages montrés comme tristes, effrayés ou en colère&#xa0;; un visage mal lu le reste souvent. Les changements en disent plus que les nombres.</translation>
    </message>
    <message>
        <source>Guesses about faces. How often they are wrong is not known of this network; expect more than one in three, and of the faces shown as sad, afraid or angry more than half; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>Il devine d’après les visages. On ne sait pas combien de fois ce réseau se trompe&#xa0;; attendez-vous à plus d’un sur trois, et à plus de la moitié des visages montrés comme tristes, effrayés ou en colère&#xa0;; un visage mal lu le reste souvent. Les changements en disent plus que les nombres.</translation>
    </message>
    <message>
        <source>Guesses about faces. On photographs like yours more than half are wrong, and of the faces shown as sad, afraid or angry most; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>Il devine d’après les visages. Sur des photos comme les vôtres, il se trompe plus d’une fois sur deux, et pour la plupart des visages montrés comme tristes, effrayés ou en colère&#xa0;; un visage mal lu le reste souvent. Les changements en disent plus que les nombres.</translation>
    </message>
    <message>
        <source>Guesses about faces. On photographs like yours more than one in four is wrong, and of the faces shown as sad, afraid or angry often more than half; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>Il devine d’après les visages. Sur des photos comme les vôtres, il se trompe plus d’une fois sur quatre, et souvent pour plus de la moitié des visages montrés comme tristes, effrayés ou en colère&#xa0;; un visage mal lu le reste souvent. Les changements en disent plus que les nombres.</translation>
    </message>
    <message>
        <source>Guesses about faces. On photographs like yours more than one in three is wrong, and of the faces shown as sad, afraid or angry often more than half; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>Il devine d’après les visages. Sur des photos comme les vôtres, il se trompe plus d’une fois sur trois, et souvent pour plus de la moitié des visages montrés comme tristes, effrayés ou en colère&#xa0;; un visage mal lu le reste souvent. Les changements en disent plus que les nombres.</translation>
    </message>
    <message>
        <source>How often the network in use is right was not measured.</source>
        <translation>Combien de fois le réseau utilisé voit juste n’a pas été mesuré.</translation>
    </message>
    <message>
        <source>It can say</source>
        <translation>Il peut dire</translation>
    </message>
    <message>
        <source>It cannot say</source>
        <translation>Il ne peut pas dire</translation>
    </message>
    <message>
        <source>It keeps such counts, one row a second, on this computer. No picture is kept or sent.</source>
        <translation>Il garde ces comptes sur cet ordinateur, une ligne par seconde. Aucune image n’est gardée ni envoyée.</translation>
    </message>
    <message>
        <source>Measured on clear photographs. In a call, faces are darker, blurred or turned, and more of them are misread.</source>
        <translation>Mesuré sur des photos nettes. Dans un appel, les visages sont plus sombres, flous ou détournés, et plus souvent mal lus.</translation>
    </message>
    <message>
        <source>Measured on clear photographs: on the left by the label that came with each, on the right by what most of ten people saw. In a call, faces are darker, blurred or turned, and more of them are misread.</source>
        <translation>Mesuré sur des photos nettes&#xa0;: à gauche selon l’étiquette venue avec chacune, à droite selon ce qu’ont vu la plupart de dix personnes. Dans un appel, les visages sont plus sombres, flous ou détournés, et plus souvent mal lus.</translation>
    </message>
    <message>
        <source>Neutral</source>
        <translation>Neutre</translation>
    </message>
    <message>
        <source>Read right, of 100 faces that look so</source>
        <translation>Lus juste, sur 100 visages qui en ont l’air</translation>
    </message>
    <message>
        <source>Read right, of 100 faces this high</source>
        <translation>Lus juste, sur 100 visages de cette hauteur</translation>
    </message>
    <message>
        <source>Reading how often it errs</source>
        <translation>Lecture de la fréquence de ses erreurs</translation>
    </message>
    <message>
        <source>Sad, afraid or angry</source>
        <translation>Triste, effrayé ou en colère</translation>
    </message>
    <message>
        <source>Smiling</source>
        <translation>Souriant</translation>
    </message>
    <message>
        <source>So never judge, grade or single out a person by it.</source>
        <translation>Ne jugez, ne notez et ne désignez donc jamais une personne d’après lui.</translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation>Surpris</translation>
    </message>
    <message>
        <source>What anybody feels, thinks or understands, or who listens.</source>
        <translation>Ce que chacun ressent, pense ou comprend, ni qui écoute.</translation>
    </message>
    <message>
        <source>What it can and cannot know</source>
        <translation>Ce qu’il peut savoir ou non</translation>
    </message>
    <message>
        <source>Whether that has changed, and on how many faces it rests.</source>
        <translation>Si cela a changé, et sur combien de visages cela repose.</translation>
    </message>
    <message>
        <source>{height} px</source>
        <translation>{height} px</translation>
    </message>
</context>
<context>
    <name>LabelledBar</name>
    <message>
        <source>Faces now</source>
        <translation>Visages maintenant</translation>
    </message>
    <message>
        <source>Not of this moment: {faces}</source>
        <translation>Pas de ce moment&#xa0;: {faces}</translation>
    </message>
</context>
<context>
    <name>LaneMenu</name>
    <message>
        <source>Choose what is shown below the chart</source>
        <translation>Choisir ce qui est montré sous le graphique</translation>
    </message>
    <message>
        <source>Lanes…</source>
        <translation>Lignes…</translation>
    </message>
    <message>
        <source>Smiling and coverage only</source>
        <translation>Sourires et couverture seulement</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>Hindi</source>
        <translation>hindi</translation>
    </message>
</context>
<context>
    <name>LawPage</name>
    <message>
        <source>A live class</source>
        <translation>Une classe en direct</translation>
    </message>
    <message>
        <source>Answer both, and what follows from it is said here.</source>
        <translation>Répondez aux deux, et ce qui s’ensuit est dit ici.</translation>
    </message>
    <message>
        <source>Choose the first if anybody in the call is there.</source>
        <translation>Choisissez le premier si quelqu’un dans l’appel y est.</translation>
    </message>
    <message>
        <source>Here the law of your country and the rules of your school decide. India restricts watching how children behave, and many other laws treat such figures as personal data.</source>
        <translation>Ici décident la loi de votre pays et les règles de votre école. L’Inde restreint l’observation du comportement des enfants, et bien d’autres lois font de ces chiffres des données personnelles.</translation>
    </message>
    <message>
        <source>Here the law of your country decides. In many places those who work there, or who speaks for them, must have agreed first.</source>
        <translation>Ici décide la loi de votre pays. En bien des lieux, ceux qui y travaillent, ou qui parle pour eux, doivent d’abord avoir accepté.</translation>
    </message>
    <message>
        <source>Here the law of your country decides. Many laws treat such figures as personal data: tell those who are seen, and let them say no.</source>
        <translation>Ici décide la loi de votre pays. Bien des lois font de ces chiffres des données personnelles&#xa0;: dites-le à ceux qu’on voit, et laissez-les dire non.</translation>
    </message>
    <message>
        <source>Outside of teaching and work the AI Act allows it, and whoever is seen must be told (Article 50(3)). Figures of people fall under the law of data protection as well.</source>
        <translation>Hors de l’enseignement et du travail, le règlement sur l’IA le permet, et ceux qu’on voit doivent en être informés (article 50, paragraphe 3). Les chiffres sur des personnes relèvent aussi de la protection des données.</translation>
    </message>
    <message>
        <source>Recordings and pictures of others</source>
        <translation>Vidéos et images des autres</translation>
    </message>
    <message>
        <source>Recordings of yourself</source>
        <translation>Vidéos de vous-même</translation>
    </message>
    <message>
        <source>The demo class</source>
        <translation>La classe de démo</translation>
    </message>
    <message>
        <source>This is Article 5(1)(f) of the AI Act. Its only exceptions are medical and safety reasons, and this program is made for neither.</source>
        <translation>C’est l’article 5, paragraphe 1, point f, du règlement sur l’IA. Ses seules exceptions sont médicales ou de sécurité, et ce programme n’est fait pour aucune.</translation>
    </message>
    <message>
        <source>This is no legal advice: ask whoever answers for it at your school or company.</source>
        <translation>Ceci n’est pas un conseil juridique&#xa0;: demandez à la personne responsable dans votre école ou votre entreprise.</translation>
    </message>
    <message>
        <source>Where it may be used</source>
        <translation>Où il peut servir</translation>
    </message>
    <message>
        <source>With these answers all sources can be used.</source>
        <translation>Avec ces réponses, toutes les sources sont possibles.</translation>
    </message>
    <message>
        <source>Your own camera</source>
        <translation>Votre propre caméra</translation>
    </message>
    <message>
        <source>✓ can be used</source>
        <translation>✓ possible</translation>
    </message>
    <message>
        <source>✕ stays off</source>
        <translation>✕ désactivé</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Show or hide {expression}</source>
        <translation>Afficher ou masquer {expression}</translation>
    </message>
    <message>
        <source>Show {expression}</source>
        <translation>Afficher {expression}</translation>
    </message>
</context>
<context>
    <name>LessonChart</name>
    <message>
        <source>10 min</source>
        <translation>10 min</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Cours</translation>
    </message>
    <message>
        <source>Means over 30 s, of the faces read.</source>
        <translation>Moyennes sur 30 s, des visages lus.</translation>
    </message>
    <message>
        <source>Seven curves</source>
        <translation>Sept courbes</translation>
    </message>
    <message>
        <source>Show seven curves</source>
        <translation>Afficher sept courbes</translation>
    </message>
    <message>
        <source>Show the last 10 min</source>
        <translation>Afficher les 10 dernières min</translation>
    </message>
    <message>
        <source>Show the whole lesson</source>
        <translation>Afficher tout le cours</translation>
    </message>
    <message>
        <source>The lesson appears here as soon as a face is read.</source>
        <translation>Le cours apparaît ici dès qu’un visage est lu.</translation>
    </message>
    <message>
        <source>The lesson so far</source>
        <translation>Le cours jusqu’ici</translation>
    </message>
    <message>
        <source>The lesson so far, as a chart</source>
        <translation>Le cours jusqu’ici, en graphique</translation>
    </message>
</context>
<context>
    <name>LessonFooter</name>
    <message>
        <source>Back to now</source>
        <translation>Revenir à maintenant</translation>
    </message>
</context>
<context>
    <name>LessonLabels</name>
    <message>
        <source>all</source>
        <translation>tous</translation>
    </message>
    <message>
        <source>half</source>
        <translation>la moitié</translation>
    </message>
    <message>
        <source>learning</source>
        <translation>apprend</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>told of {count} faces or more</source>
        <translation>dit à partir de {count} visages</translation>
    </message>
    <message>
        <source>usually about {count}</source>
        <translation>d’habitude environ {count}</translation>
    </message>
    <message>
        <source>what is usual</source>
        <translation>l’habitude</translation>
    </message>
    <message>
        <source>{count} of {all}</source>
        <translation>{count} sur {all}</translation>
    </message>
    <message>
        <source>{group}: {faces}</source>
        <translation>{group}&#xa0;: {faces}</translation>
    </message>
</context>
<context>
    <name>LessonPlot</name>
    <message>
        <source>fewer in view</source>
        <translation>moins visibles</translation>
    </message>
    <message>
        <source>fewer smiling</source>
        <translation>moins sourient</translation>
    </message>
    <message>
        <source>more look low</source>
        <translation>plus ont l’air tristes, effrayés ou en colère</translation>
    </message>
    <message>
        <source>more smiling</source>
        <translation>plus sourient</translation>
    </message>
    <message>
        <source>more surprised</source>
        <translation>plus sont surpris</translation>
    </message>
    <message>
        <source>more turned away</source>
        <translation>plus détournés</translation>
    </message>
</context>
<context>
    <name>LessonRows</name>
    <message>
        <source>Your lessons</source>
        <translation>Vos cours</translation>
    </message>
</context>
<context>
    <name>LessonWords</name>
    <message>
        <source> · </source>
        <comment>between figures</comment>
        <translation> · </translation>
    </message>
    <message>
        <source>0–2 of {faces}</source>
        <translation>0–2 sur {faces}</translation>
    </message>
    <message>
        <source>About as usual</source>
        <translation>À peu près comme d’habitude</translation>
    </message>
    <message>
        <source>Compared with the time before “{marker}”.</source>
        <translation>Comparé au temps d’avant «&#xa0;{marker}&#xa0;».</translation>
    </message>
    <message>
        <source>Fewer faces than usual look sad, afraid or angry</source>
        <translation>Moins de visages que d’habitude ont l’air tristes, effrayés ou en colère</translation>
    </message>
    <message>
        <source>Fewer faces than usual look surprised</source>
        <translation>Moins de visages que d’habitude ont l’air surpris</translation>
    </message>
    <message>
        <source>Fewer faces than usual smile</source>
        <translation>Moins de visages que d’habitude sourient</translation>
    </message>
    <message>
        <source>Learning what is usual</source>
        <translation>Apprend ce qui est habituel</translation>
    </message>
    <message>
        <source>Learning what is usual.</source>
        <translation>Apprend ce qui est habituel.</translation>
    </message>
    <message>
        <source>Lesson so far, {time}: {groups}</source>
        <translation>Cours jusqu’ici, {time}&#xa0;: {groups}</translation>
    </message>
    <message>
        <source>Lesson so far, {time}: {why}</source>
        <translation>Cours jusqu’ici, {time}&#xa0;: {why}</translation>
    </message>
    <message>
        <source>Lesson so far: nothing was read yet.</source>
        <translation>Cours jusqu’ici&#xa0;: rien de lu pour l’instant.</translation>
    </message>
    <message>
        <source>More faces than usual look sad, afraid or angry</source>
        <translation>Plus de visages que d’habitude ont l’air tristes, effrayés ou en colère</translation>
    </message>
    <message>
        <source>More faces than usual look surprised</source>
        <translation>Plus de visages que d’habitude ont l’air surpris</translation>
    </message>
    <message>
        <source>More faces than usual smile</source>
        <translation>Plus de visages que d’habitude sourient</translation>
    </message>
    <message>
        <source>Ten minutes before: {groups}</source>
        <translation>Dix minutes avant&#xa0;: {groups}</translation>
    </message>
    <message>
        <source>about {count} of {faces}</source>
        <translation>environ {count} sur {faces}</translation>
    </message>
    <message>
        <source>asleep</source>
        <translation>en veille</translation>
    </message>
    <message>
        <source>cameras on</source>
        <translation>caméras allumées</translation>
    </message>
    <message>
        <source>covered</source>
        <translation>couvert</translation>
    </message>
    <message>
        <source>no face</source>
        <translation>pas de visage</translation>
    </message>
    <message>
        <source>no picture</source>
        <translation>pas d’image</translation>
    </message>
    <message>
        <source>not seen</source>
        <translation>non vu</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pause</translation>
    </message>
    <message>
        <source>read</source>
        <translation>lus</translation>
    </message>
    <message>
        <source>sad, afraid or angry</source>
        <translation>triste, effrayé ou en colère</translation>
    </message>
    <message>
        <source>smiling</source>
        <translation>souriant</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>démarrage</translation>
    </message>
    <message>
        <source>surprised</source>
        <translation>surpris</translation>
    </message>
    <message>
        <source>too few faces</source>
        <translation>trop peu de visages</translation>
    </message>
    <message>
        <source>too slow</source>
        <translation>trop lent</translation>
    </message>
    <message>
        <source>turned away</source>
        <translation>détourné</translation>
    </message>
    <message>
        <source>usually 0–2</source>
        <translation>d’habitude 0–2</translation>
    </message>
    <message>
        <source>usually about {count}</source>
        <translation>d’habitude environ {count}</translation>
    </message>
    <message>
        <source>{count} cameras are read</source>
        <translation>caméras lues&#xa0;: {count}</translation>
    </message>
    <message>
        <source>{count} of {all}</source>
        <translation>{count} sur {all}</translation>
    </message>
    <message>
        <source>{count} {fact}</source>
        <translation>{fact}&#xa0;: {count}</translation>
    </message>
    <message>
        <source>{faces} {group}</source>
        <translation>{group}&#xa0;: {faces}</translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message>
        <source>Click to leave it out</source>
        <translation>Cliquez pour le laisser de côté</translation>
    </message>
    <message>
        <source>Click your own tile; Esc for none</source>
        <translation>Cliquez sur votre vignette&#xa0;; Échap pour aucune</translation>
    </message>
    <message>
        <source>Everybody found is left out. Click somebody to bring them back</source>
        <translation>Tous ceux trouvés sont laissés de côté. Cliquez sur quelqu’un pour le faire revenir</translation>
    </message>
    <message>
        <source>Face {number} of {many}</source>
        <translation>Visage {number} sur {many}</translation>
    </message>
    <message numerus="yes">
        <source>Figures of the class are shown from %n readable faces on</source>
        <translation>
            <numerusform>Les chiffres de la classe paraissent à partir de %n visage lisible</numerusform>
            <numerusform>Les chiffres de la classe paraissent à partir de %n visages lisibles</numerusform>
        </translation>
    </message>
    <message>
        <source>Left out: click to bring it back</source>
        <translation>Laissé de côté&#xa0;: cliquez pour le faire revenir</translation>
    </message>
    <message>
        <source>Live view</source>
        <translation>Vue en direct</translation>
    </message>
    <message>
        <source>No camera is on</source>
        <translation>Aucune caméra n’est allumée</translation>
    </message>
    <message>
        <source>No face found in this picture</source>
        <translation>Aucun visage trouvé sur cette image</translation>
    </message>
    <message>
        <source>No face is large and clear enough to read</source>
        <translation>Aucun visage n’est assez grand et net</translation>
    </message>
    <message>
        <source>Not counted: {reason}</source>
        <translation>Non compté&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>Not readable: {reason}, {height} px tall</source>
        <translation>Illisible&#xa0;: {reason}, {height} px de haut</translation>
    </message>
    <message>
        <source>Not sure: it counts as “not sure”.</source>
        <translation>Incertain&#xa0;: il compte comme «&#xa0;incertain&#xa0;».</translation>
    </message>
    <message>
        <source>Not sure: {expressions}</source>
        <translation>Incertain&#xa0;: {expressions}</translation>
    </message>
    <message>
        <source>Read. It counts in the class.</source>
        <translation>Lu. Il compte dans la classe.</translation>
    </message>
    <message>
        <source>Seat {seat}</source>
        <translation>Place {seat}</translation>
    </message>
    <message>
        <source>Seat {seat}: here for less than a minute</source>
        <translation>Place {seat}&#xa0;: là depuis moins d’une minute</translation>
    </message>
    <message>
        <source>Seat {seat}: here for {minutes} min</source>
        <translation>Place {seat}&#xa0;: là depuis {minutes} min</translation>
    </message>
    <message>
        <source>Tile {number} of {many}</source>
        <translation>Vignette {number} sur {many}</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>laissé de côté</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>incertain</translation>
    </message>
    <message>
        <source>you</source>
        <comment>the user&apos;s own tile</comment>
        <translation>vous</translation>
    </message>
    <message>
        <source>{columns} × {rows} tiles</source>
        <translation>{columns} × {rows} vignettes</translation>
    </message>
    <message>
        <source>{expression} {percent} %</source>
        <comment>happy 82 %</comment>
        <translation>{expression} {percent}&#xa0;%</translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n faces</source>
        <translation>
            <numerusform>{readable} visage sur %n</numerusform>
            <numerusform>{readable} visages sur %n</numerusform>
        </translation>
    </message>
    <message>
        <source>{readable} of 1 face</source>
        <translation>{readable} visage sur 1</translation>
    </message>
    <message>
        <source>{tiles}; {faces}</source>
        <translation>{tiles}&#xa0;; {faces}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Change answers</source>
        <translation>Changer les réponses</translation>
    </message>
    <message>
        <source>Only I am in it</source>
        <translation>Il n’y a que moi</translation>
    </message>
</context>
<context>
    <name>MarkerFlag</name>
    <message>
        <source>Brown</source>
        <translation>Marron</translation>
    </message>
    <message>
        <source>Colour: {colour}. Press for the next</source>
        <translation>Couleur&#xa0;: {colour}. Appuyez pour la suivante</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Gris</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Bleu-vert</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violet</translation>
    </message>
</context>
<context>
    <name>MarkerList</name>
    <message>
        <source>Removed: {name}</source>
        <translation>Supprimé&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>MarkerPopover</name>
    <message>
        <source>Enter: add · M twice: add without a name · Esc: cancel</source>
        <translation>Entrée&#xa0;: poser · M deux fois&#xa0;: poser sans nom · Échap&#xa0;: annuler</translation>
    </message>
    <message>
        <source>Name of the marker</source>
        <translation>Nom du repère</translation>
    </message>
    <message>
        <source>Name of this moment (optional)</source>
        <translation>Nom de ce moment (facultatif)</translation>
    </message>
</context>
<context>
    <name>MarkerRow</name>
    <message>
        <source>Name of the marker at {time}</source>
        <translation>Nom du repère à {time}</translation>
    </message>
    <message>
        <source>Remove this marker</source>
        <translation>Supprimer ce repère</translation>
    </message>
</context>
<context>
    <name>Marking</name>
    <message>
        <source>Marked: {name}</source>
        <translation>Repère posé&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Nothing marked: no frame has come yet</source>
        <translation>Pas de repère&#xa0;: aucune image n’est encore arrivée</translation>
    </message>
    <message>
        <source>Nothing to compare with: set a marker first</source>
        <translation>Rien à comparer&#xa0;: posez d’abord un repère</translation>
    </message>
    <message>
        <source>marker {number}</source>
        <translation>repère {number}</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;About FER Desktop</source>
        <translation>À propos de &amp;FER Desktop</translation>
    </message>
    <message>
        <source>&amp;Bring everybody back</source>
        <translation>&amp;Faire revenir tout le monde</translation>
    </message>
    <message>
        <source>&amp;Cameras and all others</source>
        <translation>Ca&amp;méras et toutes les autres</translation>
    </message>
    <message>
        <source>&amp;Change answers…</source>
        <translation>&amp;Changer les réponses…</translation>
    </message>
    <message>
        <source>&amp;Compare with the last marker</source>
        <translation>C&amp;omparer au dernier repère</translation>
    </message>
    <message>
        <source>&amp;Demo class</source>
        <translation>Classe de dé&amp;mo</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;Folder of pictures…</source>
        <translation>&amp;Dossier d’images…</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>&amp;Plein écran</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;ide</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Raccourcis clavier</translation>
    </message>
    <message>
        <source>&amp;Marker…	M</source>
        <translation>R&amp;epère…	M</translation>
    </message>
    <message>
        <source>&amp;Mini strip</source>
        <translation>Petite &amp;barre</translation>
    </message>
    <message>
        <source>&amp;Number the tiles of a call</source>
        <translation>&amp;Numéroter les vignettes d’un appel</translation>
    </message>
    <message>
        <source>&amp;Part of the screen…</source>
        <translation>&amp;Partie de l’écran…</translation>
    </message>
    <message>
        <source>&amp;Pause	Space</source>
        <translation>&amp;Pause	Espace</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>&amp;Recording or pictures…</source>
        <translation>&amp;Vidéo ou images…</translation>
    </message>
    <message>
        <source>&amp;Resume	Space</source>
        <translation>&amp;Reprendre	Espace</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Séance</translation>
    </message>
    <message>
        <source>&amp;Stop and save</source>
        <translation>&amp;Arrêter et enregistrer</translation>
    </message>
    <message>
        <source>&amp;This is me…</source>
        <translation>&amp;C’est moi…</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Affichage</translation>
    </message>
    <message>
        <source>&amp;Window…</source>
        <translation>&amp;Fenêtre…</translation>
    </message>
    <message>
        <source>&amp;Your lessons</source>
        <translation>&amp;Vos cours</translation>
    </message>
    <message>
        <source>About the &amp;model</source>
        <translation>À propos du &amp;modèle</translation>
    </message>
    <message>
        <source>Fold what is &amp;read away</source>
        <translation>&amp;Replier ce qui est lu</translation>
    </message>
    <message>
        <source>S&amp;ave or erase lessons…</source>
        <translation>&amp;Enregistrer ou effacer des cours…</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>P&amp;aramètres…</translation>
    </message>
    <message>
        <source>S&amp;tream…</source>
        <translation>F&amp;lux…</translation>
    </message>
    <message>
        <source>Start a &amp;lesson</source>
        <translation>Commencer un &amp;cours</translation>
    </message>
</context>
<context>
    <name>Message</name>
    <message>
        <source>.onnx</source>
        <translation>.onnx</translation>
    </message>
    <message>
        <source>A fault in the program was met; what happened is in the log file.</source>
        <translation>Le programme a rencontré un défaut&#xa0;; ce qui s’est passé est dans le journal.</translation>
    </message>
    <message>
        <source>A session is being recorded: end it, then repair the store.</source>
        <translation>Une séance est en cours&#xa0;: terminez-la, puis réparez la base.</translation>
    </message>
    <message>
        <source>A session of the soak did not begin.</source>
        <translation>Une séance du test d’endurance n’a pas commencé.</translation>
    </message>
    <message>
        <source>A session of the soak was not saved.</source>
        <translation>Une séance du test d’endurance n’a pas été enregistrée.</translation>
    </message>
    <message>
        <source>A stream&apos;s address begins with http://, https:// or rtsp:// and names a computer: correct it.</source>
        <translation>L’adresse d’un flux commence par http://, https:// ou rtsp:// et nomme un ordinateur&#xa0;: corrigez-la.</translation>
    </message>
    <message>
        <source>A window of {program} covers the chosen window: move one of them aside, and the session goes on.</source>
        <translation>Une fenêtre de {program} couvre la fenêtre choisie&#xa0;: écartez l’une des deux, et la séance continue.</translation>
    </message>
    <message>
        <source>About as usual.</source>
        <translation>À peu près comme d’habitude.</translation>
    </message>
    <message>
        <source>About the same throughout.</source>
        <translation>À peu près pareil tout du long.</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alertes</translation>
    </message>
    <message>
        <source>An alert when fewer faces than usual smile</source>
        <translation>Une alerte quand moins de visages que d’habitude sourient</translation>
    </message>
    <message>
        <source>An alert when more cameras than usual show no face</source>
        <translation>Une alerte quand plus de caméras que d’habitude ne montrent pas de visage</translation>
    </message>
    <message>
        <source>An alert when more faces than usual are turned away</source>
        <translation>Une alerte quand plus de visages que d’habitude sont détournés</translation>
    </message>
    <message>
        <source>An alert when more faces than usual look sad, afraid or angry</source>
        <translation>Une alerte quand plus de visages que d’habitude ont l’air tristes, effrayés ou en colère</translation>
    </message>
    <message>
        <source>An alert when more faces than usual look surprised</source>
        <translation>Une alerte quand plus de visages que d’habitude ont l’air surpris</translation>
    </message>
    <message>
        <source>An alert when more faces than usual smile</source>
        <translation>Une alerte quand plus de visages que d’habitude sourient</translation>
    </message>
    <message>
        <source>Another file was put in the place of the session&apos;s: all of it is written again, to {path}.</source>
        <translation>Un autre fichier a pris la place de celui de la séance&#xa0;: tout est réécrit, dans {path}.</translation>
    </message>
    <message>
        <source>Another window covers the chosen window: move one of them aside, and the session goes on.</source>
        <translation>Une autre fenêtre couvre la fenêtre choisie&#xa0;: écartez l’une des deux, et la séance continue.</translation>
    </message>
    <message>
        <source>Another window of this program is recording: this session is kept in its CSV file alone until that one ends.</source>
        <translation>Une autre fenêtre de ce programme enregistre&#xa0;: d’ici la fin de celle-ci, cette séance n’est gardée que dans son fichier CSV.</translation>
    </message>
    <message>
        <source>As before</source>
        <translation>Comme avant</translation>
    </message>
    <message>
        <source>As the network has it</source>
        <translation>Selon le réseau</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>Comme toujours</translation>
    </message>
    <message>
        <source>Asleep</source>
        <translation>En veille</translation>
    </message>
    <message>
        <source>At most one in the quiet time and three a lesson, none in the first five minutes. Any may be a misreading.</source>
        <translation>Une au plus pendant le silence et trois par cours, aucune dans les cinq premières minutes. Chacune peut être une erreur de lecture.</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Occupé</translation>
    </message>
    <message>
        <source>CSV file</source>
        <translation>Fichier CSV</translation>
    </message>
    <message>
        <source>CSV files are saved in</source>
        <translation>Dossier des fichiers CSV</translation>
    </message>
    <message>
        <source>Compare each face with how it usually looks</source>
        <translation>Comparer chaque visage à son air habituel</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>Couvert</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Detector or network failed {times} times in a row, and nothing is read any more: stop the session, and begin another.</source>
        <translation>Le détecteur ou le réseau a échoué {times} fois de suite, et plus rien n’est lu&#xa0;: arrêtez la séance et commencez-en une autre.</translation>
    </message>
    <message>
        <source>Detector or network gave no answer for {seconds} s; they are loaded again.</source>
        <translation>Le détecteur ou le réseau n’a pas répondu pendant {seconds} s&#xa0;; ils sont rechargés.</translation>
    </message>
    <message>
        <source>Detector score from which a face is readable</source>
        <translation>Note du détecteur à partir de laquelle un visage est lisible</translation>
    </message>
    <message>
        <source>Deutsch</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>Each face is compared with how it usually looks</source>
        <translation>Chaque visage est comparé à son air habituel</translation>
    </message>
    <message>
        <source>Each of the {n_expressions} classes is needed once: {expressions}.</source>
        <translation>Chacune des {n_expressions} classes est nécessaire une fois&#xa0;: {expressions}.</translation>
    </message>
    <message>
        <source>Each tile shows its seat&apos;s number, and under the pointer since when it is there</source>
        <translation>Chaque vignette montre le numéro de sa place et, sous le pointeur, depuis quand elle est là</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>Ailleurs</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Español</source>
        <translation>Español</translation>
    </message>
    <message>
        <source>FER Desktop, in your documents</source>
        <translation>FER Desktop, dans Documents</translation>
    </message>
    <message>
        <source>Face detector</source>
        <translation>Détecteur de visages</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Visages</translation>
    </message>
    <message>
        <source>Fewer faces than usual smile (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Moins de visages que d’habitude sourient (environ {now} sur {of}, d’habitude {usual}). Peut être une erreur de lecture.</translation>
    </message>
    <message>
        <source>Fewer faces than usual smile: about {now}, usually {usual}.</source>
        <translation>Moins de visages que d’habitude sourient&#xa0;: environ {now}, d’habitude {usual}.</translation>
    </message>
    <message>
        <source>Fewer smile than usual</source>
        <translation>Moins&#xa0;de&#xa0;sourires&#xa0;que&#xa0;d’habitude</translation>
    </message>
    <message>
        <source>Fewer smiled until {time}.</source>
        <translation>Moins ont souri jusqu’à {time}.</translation>
    </message>
    <message>
        <source>Fewer smiling</source>
        <translation>Moins sourient</translation>
    </message>
    <message>
        <source>Figures of fewer than 5 faces would tell of persons.</source>
        <translation>Les chiffres de moins de 5 visages parleraient de personnes.</translation>
    </message>
    <message>
        <source>For 180 days</source>
        <translation>180 jours</translation>
    </message>
    <message>
        <source>For 30 days</source>
        <translation>30 jours</translation>
    </message>
    <message>
        <source>For 7 days</source>
        <translation>7 jours</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>Pour toujours</translation>
    </message>
    <message>
        <source>Frames cannot be read because of a fault in the program.</source>
        <translation>Les images ne peuvent pas être lues à cause d’un défaut du programme.</translation>
    </message>
    <message>
        <source>Français</source>
        <translation>Français</translation>
    </message>
    <message>
        <source>Height in the frame from which a face is readable</source>
        <translation>Hauteur dans l’image à partir de laquelle un visage est lisible</translation>
    </message>
    <message>
        <source>How long a session is kept; then it is erased for good, with its CSV file</source>
        <translation>Combien de temps une séance est gardée&#xa0;; elle est ensuite effacée pour de bon, avec son fichier CSV</translation>
    </message>
    <message>
        <source>How long there is no other alert</source>
        <translation>Combien de temps il n’y a pas d’autre alerte</translation>
    </message>
    <message>
        <source>How many frames a second are analyzed at most</source>
        <translation>Combien d’images par seconde sont analysées au plus</translation>
    </message>
    <message>
        <source>How much it takes for an alert</source>
        <translation>Ce qu’il faut pour une alerte</translation>
    </message>
    <message>
        <source>How readily</source>
        <translation>Sensibilité</translation>
    </message>
    <message>
        <source>Hz</source>
        <translation>Hz</translation>
    </message>
    <message>
        <source>I have read this, and my answers are true</source>
        <translation>J’ai lu ceci, et mes réponses sont vraies</translation>
    </message>
    <message>
        <source>If off, a lesson is kept in this program only; you can save it as CSV later.</source>
        <translation>Sans lui, un cours n’est gardé que dans ce programme&#xa0;; vous pourrez l’enregistrer en CSV plus tard.</translation>
    </message>
    <message>
        <source>In the EU or EEA</source>
        <translation>Dans l’UE ou l’EEE</translation>
    </message>
    <message>
        <source>It is not certain where the password ends in this address: in a user or password write @ as %40, / as %2F, ? as %3F, # as %23 and : as %3A.</source>
        <translation>On ne sait pas où finit le mot de passe dans cette adresse&#xa0;: dans le nom ou le mot de passe, écrivez @ %40, / %2F,&#xa0;? %3F, # %23 et&#xa0;: %3A.</translation>
    </message>
    <message>
        <source>Its window&apos;s title, its file&apos;s path or its address without secrets. Off, none is kept, and the one that was is forgotten.</source>
        <translation>Le titre de sa fenêtre, le chemin de son fichier ou son adresse sans secrets. Sans coche, rien n’est gardé, et ce qui l’était est oublié.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Last source</source>
        <translation>Dernière source</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>Apprend</translation>
    </message>
    <message>
        <source>Learning what is usual.</source>
        <translation>Apprend ce qui est habituel.</translation>
    </message>
    <message>
        <source>Lessons are kept</source>
        <translation>Durée de garde</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Light or dark window</source>
        <translation>Fenêtre claire ou sombre</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aspect</translation>
    </message>
    <message>
        <source>Make the call’s window larger: {count} of {faces} faces are too small to read.</source>
        <translation>Agrandissez&#xa0;la&#xa0;fenêtre&#xa0;de&#xa0;l’appel&#xa0;:&#xa0;{count}&#xa0;visages&#xa0;sur&#xa0;{faces}&#xa0;sont&#xa0;trop&#xa0;petits&#xa0;pour&#xa0;être&#xa0;lus.</translation>
    </message>
    <message>
        <source>Many looked surprised until {time}.</source>
        <translation>Beaucoup ont eu l’air surpris jusqu’à {time}.</translation>
    </message>
    <message>
        <source>Many smiled until {time}.</source>
        <translation>Beaucoup ont souri jusqu’à {time}.</translation>
    </message>
    <message>
        <source>Many smiling</source>
        <translation>Des sourires</translation>
    </message>
    <message>
        <source>Many surprised</source>
        <translation>Des surpris</translation>
    </message>
    <message>
        <source>Markers are missing in the files or in the store.</source>
        <translation>Des repères manquent dans les fichiers ou dans la base.</translation>
    </message>
    <message>
        <source>Mixed.</source>
        <translation>Mélangé.</translation>
    </message>
    <message>
        <source>More are not in view</source>
        <translation>Plus&#xa0;de&#xa0;visages&#xa0;hors&#xa0;champ</translation>
    </message>
    <message>
        <source>More are turned away</source>
        <translation>Plus&#xa0;de&#xa0;visages&#xa0;détournés</translation>
    </message>
    <message>
        <source>More cameras than usual show no face (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Plus de caméras que d’habitude ne montrent pas de visage (environ {now} sur {of}, d’habitude {usual}). Peut être une erreur de lecture.</translation>
    </message>
    <message>
        <source>More faces than usual are turned away (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Plus de visages que d’habitude sont détournés (environ {now} sur {of}, d’habitude {usual}). Peut être une erreur de lecture.</translation>
    </message>
    <message>
        <source>More faces than usual look sad, afraid or angry (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Plus de visages que d’habitude ont l’air tristes, effrayés ou en colère (environ {now} sur {of}, d’habitude {usual}). Peut être une erreur de lecture.</translation>
    </message>
    <message>
        <source>More faces than usual look sad, afraid or angry: about {now}, usually {usual}.</source>
        <translation>Plus ont l’air tristes, effrayés ou en colère&#xa0;: environ {now}, d’habitude {usual}.</translation>
    </message>
    <message>
        <source>More faces than usual look surprised (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Plus de visages que d’habitude ont l’air surpris (environ {now} sur {of}, d’habitude {usual}). Peut être une erreur de lecture.</translation>
    </message>
    <message>
        <source>More faces than usual look surprised: about {now}, usually {usual}.</source>
        <translation>Plus de visages que d’habitude ont l’air surpris&#xa0;: environ {now}, d’habitude {usual}.</translation>
    </message>
    <message>
        <source>More faces than usual smile (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Plus de visages que d’habitude sourient (environ {now} sur {of}, d’habitude {usual}). Peut être une erreur de lecture.</translation>
    </message>
    <message>
        <source>More faces than usual smile: about {now}, usually {usual}.</source>
        <translation>Plus de visages que d’habitude sourient&#xa0;: environ {now}, d’habitude {usual}.</translation>
    </message>
    <message>
        <source>More look low?</source>
        <translation>Plus abattus&#xa0;?</translation>
    </message>
    <message>
        <source>More look sad, afraid or angry</source>
        <translation>Plus&#xa0;de&#xa0;visages&#xa0;tristes,&#xa0;apeurés&#xa0;ou&#xa0;fâchés</translation>
    </message>
    <message>
        <source>More look surprised</source>
        <translation>Plus&#xa0;de&#xa0;visages&#xa0;surpris</translation>
    </message>
    <message>
        <source>More looked sad, afraid or angry until {time}.</source>
        <translation>Plus ont eu l’air tristes, effrayés ou en colère jusqu’à {time}.</translation>
    </message>
    <message>
        <source>More smile than usual</source>
        <translation>Plus&#xa0;de&#xa0;sourires&#xa0;que&#xa0;d’habitude</translation>
    </message>
    <message>
        <source>Most changed at {time}: fewer faces than usual smiled.</source>
        <translation>Le plus grand changement à {time}&#xa0;: moins de visages que d’habitude souriaient.</translation>
    </message>
    <message>
        <source>Most changed at {time}: more faces than usual looked sad, afraid or angry.</source>
        <translation>Le plus grand changement à {time}&#xa0;: plus de visages que d’habitude avaient l’air tristes, effrayés ou en colère.</translation>
    </message>
    <message>
        <source>Most changed at {time}: more faces than usual looked surprised.</source>
        <translation>Le plus grand changement à {time}&#xa0;: plus de visages que d’habitude avaient l’air surpris.</translation>
    </message>
    <message>
        <source>Most changed at {time}: more faces than usual smiled.</source>
        <translation>Le plus grand changement à {time}&#xa0;: plus de visages que d’habitude souriaient.</translation>
    </message>
    <message>
        <source>Mostly neutral.</source>
        <translation>Surtout neutre.</translation>
    </message>
    <message>
        <source>Mostly smiling.</source>
        <translation>La plupart sourient.</translation>
    </message>
    <message>
        <source>Nearly all smile.</source>
        <translation>Presque tous sourient.</translation>
    </message>
    <message>
        <source>Nearly all smiled until {time}.</source>
        <translation>Presque tous ont souri jusqu’à {time}.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Network taught by</source>
        <translation>Réseau formé par</translation>
    </message>
    <message>
        <source>No camera was found: connect one, then start again.</source>
        <translation>Aucune caméra trouvée&#xa0;: branchez-en une, puis recommencez.</translation>
    </message>
    <message>
        <source>No face is read</source>
        <translation>Aucun visage</translation>
    </message>
    <message>
        <source>No face is read.</source>
        <translation>Aucun visage n’est lu.</translation>
    </message>
    <message>
        <source>No figures of this lesson are left with the others: its CSV file is {file}</source>
        <translation>Il n’y a plus de chiffres de ce cours parmi les autres&#xa0;: son fichier CSV est {file}</translation>
    </message>
    <message>
        <source>No figures of this lesson are left: there is nothing to save.</source>
        <translation>Il n’y a plus de chiffres de ce cours&#xa0;: rien à enregistrer.</translation>
    </message>
    <message>
        <source>No longer smiling</source>
        <translation>Ne sourient plus</translation>
    </message>
    <message>
        <source>No monitor was found; connect one and try again.</source>
        <translation>Aucun écran trouvé&#xa0;; branchez-en un et réessayez.</translation>
    </message>
    <message>
        <source>No picture in {folder} has a line in {boxes_file}: add one with the box of its face.</source>
        <translation>Aucune image de {folder} n’a de ligne dans {boxes_file}&#xa0;: ajoutez-en une avec le cadre de son visage.</translation>
    </message>
    <message>
        <source>No pictures come from {name}: check the address and the network, then start again.</source>
        <translation>Aucune image ne vient de {name}&#xa0;: vérifiez l’adresse et le réseau, puis recommencez.</translation>
    </message>
    <message>
        <source>Nobody has said yet where the class is and what the calls are for: open the window, and answer both there.</source>
        <translation>Personne n’a encore dit où est la classe et à quoi servent les appels&#xa0;: ouvrez la fenêtre, et répondez-y aux deux questions.</translation>
    </message>
    <message>
        <source>Normally</source>
        <translation>Normale</translation>
    </message>
    <message>
        <source>Not enough faces</source>
        <translation>Peu de visages</translation>
    </message>
    <message>
        <source>Not enough faces.</source>
        <translation>Trop peu de visages.</translation>
    </message>
    <message>
        <source>Not in view</source>
        <translation>Hors champ</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation>Rien de lu pour l’instant</translation>
    </message>
    <message>
        <source>Nothing read yet.</source>
        <translation>Rien de lu pour l’instant.</translation>
    </message>
    <message>
        <source>Number the tiles of a call</source>
        <translation>Numéroter les vignettes d’un appel</translation>
    </message>
    <message>
        <source>Over the whole lesson mixed.</source>
        <translation>Sur tout le cours, mélangé.</translation>
    </message>
    <message>
        <source>Over the whole lesson mostly neutral.</source>
        <translation>Sur tout le cours, surtout neutre.</translation>
    </message>
    <message>
        <source>Over the whole lesson mostly smiling.</source>
        <translation>Sur tout le cours, la plupart souriaient.</translation>
    </message>
    <message>
        <source>Over the whole lesson nearly all smiled.</source>
        <translation>Sur tout le cours, presque tous souriaient.</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>En pause.</translation>
    </message>
    <message>
        <source>Picture lost</source>
        <translation>Image perdue</translation>
    </message>
    <message>
        <source>Please choose</source>
        <translation>Choisissez</translation>
    </message>
    <message>
        <source>Processor cores used</source>
        <translation>Cœurs utilisés</translation>
    </message>
    <message>
        <source>Processor share, at most</source>
        <translation>Part du processeur, au plus</translation>
    </message>
    <message>
        <source>Processor threads of the network</source>
        <translation>Fils d’exécution du réseau</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Quiet after an alert</source>
        <translation>Silence après une alerte</translation>
    </message>
    <message>
        <source>Readily</source>
        <translation>Élevée</translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation>Reconnaissance</translation>
    </message>
    <message>
        <source>Remember the last source</source>
        <translation>Se souvenir de la dernière source</translation>
    </message>
    <message>
        <source>Responsible use</source>
        <translation>Usage responsable</translation>
    </message>
    <message>
        <source>Sad, afraid or angry</source>
        <translation>Triste, effrayé ou en colère</translation>
    </message>
    <message>
        <source>Saved lessons</source>
        <translation>Cours enregistrés</translation>
    </message>
    <message>
        <source>Seat numbers</source>
        <translation>Numéros de place</translation>
    </message>
    <message>
        <source>Seldom</source>
        <translation>Faible</translation>
    </message>
    <message>
        <source>Session {id} has no marker {number}.</source>
        <translation>La séance {id} n’a pas de repère {number}.</translation>
    </message>
    <message>
        <source>Session {id} is being recorded: end it first.</source>
        <translation>La séance {id} est en cours&#xa0;: terminez-la d’abord.</translation>
    </message>
    <message>
        <source>Share of all processor cores that the program may take</source>
        <translation>Part de tous les cœurs du processeur que le programme peut prendre</translation>
    </message>
    <message>
        <source>Simulated recordings need the encoders of PyAV: run `make setup EXTRAS=dev`, or `pip install av`.</source>
        <translation>Les vidéos simulées demandent les encodeurs de PyAV&#xa0;: lancez `make setup EXTRAS=dev` ou `pip install av`.</translation>
    </message>
    <message>
        <source>Since “{marker}” fewer faces smile: about {now}, before {usual}.</source>
        <translation>Depuis «&#xa0;{marker}&#xa0;», moins de visages sourient&#xa0;: environ {now}, avant {usual}.</translation>
    </message>
    <message>
        <source>Since “{marker}” more faces look sad, afraid or angry: about {now}, before {usual}.</source>
        <translation>Depuis «&#xa0;{marker}&#xa0;», plus de visages ont l’air tristes, effrayés ou en colère&#xa0;: environ {now}, avant {usual}.</translation>
    </message>
    <message>
        <source>Since “{marker}” more faces look surprised: about {now}, before {usual}.</source>
        <translation>Depuis «&#xa0;{marker}&#xa0;», plus de visages ont l’air surpris&#xa0;: environ {now}, avant {usual}.</translation>
    </message>
    <message>
        <source>Since “{marker}” more faces smile: about {now}, before {usual}.</source>
        <translation>Depuis «&#xa0;{marker}&#xa0;», plus de visages sourient&#xa0;: environ {now}, avant {usual}.</translation>
    </message>
    <message>
        <source>Since “{marker}”: about as before.</source>
        <translation>Depuis «&#xa0;{marker}&#xa0;»&#xa0;: à peu près comme avant.</translation>
    </message>
    <message>
        <source>Slower than usual: the computer is busy.</source>
        <translation>Plus lent que d’habitude&#xa0;: l’ordinateur est occupé.</translation>
    </message>
    <message>
        <source>Smallest face that is read</source>
        <translation>Plus petit visage lu</translation>
    </message>
    <message>
        <source>Smiling</source>
        <translation>Souriant</translation>
    </message>
    <message>
        <source>Smoothed over</source>
        <translation>Lissage sur</translation>
    </message>
    <message>
        <source>Some faces look sad at rest. From five faces on, half of what is usual for each is left out after its first minute. It is kept in memory only.</source>
        <translation>Certains visages ont l’air triste au repos. À partir de cinq visages, la moitié de ce qui est habituel à chacun est retirée après sa première minute. Cela reste en mémoire vive.</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Autre chose</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>Sure of a face from</source>
        <translation>Sûr d’un visage à partir de</translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation>Surpris</translation>
    </message>
    <message>
        <source>Teaching</source>
        <translation>Enseignement</translation>
    </message>
    <message>
        <source>Ten people&apos;s votes</source>
        <translation>Le vote de dix personnes</translation>
    </message>
    <message>
        <source>The audited session did not end in its time: see the log file.</source>
        <translation>La séance contrôlée n’a pas fini à temps&#xa0;: voyez le journal.</translation>
    </message>
    <message>
        <source>The audited session did not end in {seconds:.0f} s.</source>
        <translation>La séance contrôlée n’a pas fini en {seconds:.0f} s.</translation>
    </message>
    <message>
        <source>The audited session failed: {problem}</source>
        <translation>La séance contrôlée a échoué&#xa0;: {problem}</translation>
    </message>
    <message>
        <source>The built-in one</source>
        <translation>Celui du programme</translation>
    </message>
    <message>
        <source>The chosen part of the screen is on no monitor: choose it again.</source>
        <translation>La partie d’écran choisie n’est sur aucun écran&#xa0;: choisissez-la de nouveau.</translation>
    </message>
    <message>
        <source>The computer was asleep.</source>
        <translation>L’ordinateur était en veille.</translation>
    </message>
    <message>
        <source>The copy cannot be saved as {path}: check that its folder can be written.</source>
        <translation>La copie ne peut pas être enregistrée dans {path}&#xa0;: vérifiez qu’on peut écrire dans son dossier.</translation>
    </message>
    <message>
        <source>The copy would replace the log itself: choose another name.</source>
        <translation>La copie remplacerait le journal lui-même&#xa0;: choisissez un autre nom.</translation>
    </message>
    <message>
        <source>The demo class in {folder} is missing or damaged: install the program again.</source>
        <translation>La classe de démo dans {folder} manque ou est abîmée&#xa0;: réinstallez le programme.</translation>
    </message>
    <message>
        <source>The demo did not end in its time: see the log file, then run it again.</source>
        <translation>La démo n’a pas fini à temps&#xa0;: voyez le journal, puis relancez-la.</translation>
    </message>
    <message>
        <source>The demo was closed before its first frame: run it again.</source>
        <translation>La démo a été fermée avant sa première image&#xa0;: relancez-la.</translation>
    </message>
    <message>
        <source>The disk did not answer: the end of the session may be missing.</source>
        <translation>Le disque n’a pas répondu&#xa0;: la fin de la séance manque peut-être.</translation>
    </message>
    <message>
        <source>The disk does not answer: what is not saved waits in memory until it does.</source>
        <translation>Le disque ne répond pas&#xa0;: ce qui n’est pas enregistré attend en mémoire.</translation>
    </message>
    <message>
        <source>The face detector gave {count} faces for one picture, which is noise: choose another in the settings, or leave it empty there.</source>
        <translation>Le détecteur a trouvé {count} visages sur une seule image, c’est du bruit&#xa0;: choisissez-en un autre dans les paramètres, ou laissez le champ vide.</translation>
    </message>
    <message>
        <source>The face detector gives no rows of YuNet: choose another in the settings.</source>
        <translation>Le détecteur ne donne pas de lignes de YuNet&#xa0;: choisissez-en un autre dans les paramètres.</translation>
    </message>
    <message>
        <source>The face detector {file} is not the one that was shipped: install the program again.</source>
        <translation>Le détecteur {file} n’est pas celui d’origine&#xa0;: réinstallez le programme.</translation>
    </message>
    <message>
        <source>The face detector {file} is not there: choose another in the settings, or leave it empty there.</source>
        <translation>Le détecteur {file} n’est pas là&#xa0;: choisissez-en un autre dans les paramètres, ou laissez le champ vide.</translation>
    </message>
    <message>
        <source>The face detector {file} is too large: choose another in the settings.</source>
        <translation>Le détecteur {file} est trop gros&#xa0;: choisissez-en un autre dans les paramètres.</translation>
    </message>
    <message>
        <source>The face detector&apos;s answers are no faces, so nothing was read from them: choose another in the settings, or leave it empty there.</source>
        <translation>Ce que donne le détecteur n’est pas des visages, rien n’a donc été lu&#xa0;: choisissez-en un autre dans les paramètres, ou laissez le champ vide.</translation>
    </message>
    <message>
        <source>The figures of 1 lesson could not be recovered</source>
        <translation>Les chiffres de 1 cours n’ont pas pu être récupérés</translation>
    </message>
    <message>
        <source>The figures of {empty} lessons could not be recovered</source>
        <translation>Les chiffres de {empty} cours n’ont pas pu être récupérés</translation>
    </message>
    <message>
        <source>The file of the session was changed by another program: all of it is written again, to {path}.</source>
        <translation>Le fichier de la séance a été modifié par un autre programme&#xa0;: tout est réécrit, dans {path}.</translation>
    </message>
    <message>
        <source>The file of the session was lost by the network drive: all of it is written again, to {path}.</source>
        <translation>Le fichier de la séance s’est perdu sur le lecteur réseau&#xa0;: tout est réécrit, dans {path}.</translation>
    </message>
    <message>
        <source>The file of the session was moved: all of it is written again, to {path}, and goes on there.</source>
        <translation>Le fichier de la séance a été déplacé&#xa0;: tout est réécrit, dans {path}, et la suite y va.</translation>
    </message>
    <message>
        <source>The file of the session was removed: all of it is written again, to {path}.</source>
        <translation>Le fichier de la séance a été supprimé&#xa0;: tout est réécrit, dans {path}.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be written: choose another with --out.</source>
        <translation>Impossible d’écrire dans le dossier {folder}&#xa0;: choisissez-en un autre avec --out.</translation>
    </message>
    <message>
        <source>The folder {out} cannot be made: choose another.</source>
        <translation>Impossible de créer le dossier {out}&#xa0;: choisissez-en un autre.</translation>
    </message>
    <message>
        <source>The log of your answers, {file}, cannot be read: check that you may open it.</source>
        <translation>Le journal de vos réponses, {file}, est illisible&#xa0;: vérifiez que vous avez le droit de l’ouvrir.</translation>
    </message>
    <message>
        <source>The log of your answers, {file}, is far too large: move it elsewhere, and a new one is begun.</source>
        <translation>Le journal de vos réponses, {file}, est bien trop gros&#xa0;: déplacez-le, et un nouveau commence.</translation>
    </message>
    <message>
        <source>The monitor with the chosen part of the screen was unplugged or changed: plug it in again, or choose the part again.</source>
        <translation>L’écran avec la partie choisie a été débranché ou modifié&#xa0;: rebranchez-le, ou choisissez de nouveau la partie.</translation>
    </message>
    <message>
        <source>The network {file} can no longer be read: choose another in the settings.</source>
        <translation>Le réseau {file} n’est plus lisible&#xa0;: choisissez-en un autre dans les paramètres.</translation>
    </message>
    <message>
        <source>The network {model} is not the one that was shipped: install the program again.</source>
        <translation>Le réseau {model} n’est pas celui d’origine&#xa0;: réinstallez le programme.</translation>
    </message>
    <message>
        <source>The network {model} was not found: choose another in the settings, or the shipped one.</source>
        <translation>Le réseau {model} est introuvable&#xa0;: choisissez-en un autre dans les paramètres, ou celui d’origine.</translation>
    </message>
    <message>
        <source>The network {network} is damaged; {spare} reads the same in its place, more slowly: install the program again.</source>
        <translation>Le réseau {network} est abîmé&#xa0;; {spare} lit la même chose à sa place, plus lentement&#xa0;: réinstallez le programme.</translation>
    </message>
    <message>
        <source>The network&apos;s answers are no probabilities, so nothing was read from them: choose another in the settings, or the shipped one.</source>
        <translation>Les réponses du réseau ne sont pas des probabilités, rien n’a donc été lu&#xa0;: choisissez-en un autre dans les paramètres, ou celui d’origine.</translation>
    </message>
    <message>
        <source>The original labels</source>
        <translation>Les réponses d’origine</translation>
    </message>
    <message>
        <source>The picture cannot be saved as {path}: check that its folder can be written.</source>
        <translation>L’image ne peut pas être enregistrée dans {path}&#xa0;: vérifiez qu’on peut écrire dans son dossier.</translation>
    </message>
    <message>
        <source>The picture is lost: trying again.</source>
        <translation>L’image est perdue&#xa0;: nouvel essai.</translation>
    </message>
    <message>
        <source>The picture {path} cannot be opened: check that you may read it.</source>
        <translation>L’image {path} ne s’ouvre pas&#xa0;: vérifiez que vous avez le droit de la lire.</translation>
    </message>
    <message>
        <source>The picture {path} was not found: check where it is.</source>
        <translation>L’image {path} est introuvable&#xa0;: vérifiez où elle est.</translation>
    </message>
    <message>
        <source>The program did not begin a session on the demo class: try `demo --out DIR` to see why.</source>
        <translation>Le programme n’a pas commencé de séance avec la classe de démo&#xa0;: `demo --out DIR` dit pourquoi.</translation>
    </message>
    <message>
        <source>The program&apos;s folder {name} is missing: install it again.</source>
        <translation>Le dossier {name} du programme manque&#xa0;: réinstallez-le.</translation>
    </message>
    <message>
        <source>The reading of frames ended by a fault; it is started again.</source>
        <translation>La lecture des images s’est arrêtée sur un défaut&#xa0;; elle reprend.</translation>
    </message>
    <message>
        <source>The recording {path} breaks off at {end_s:.0f} s of {claimed_s:.0f} s: get a complete copy of it; the rows up to there are saved.</source>
        <translation>La vidéo {path} s’interrompt à {end_s:.0f} s sur {claimed_s:.0f} s&#xa0;: procurez-vous une copie complète&#xa0;; les lignes jusque-là sont enregistrées.</translation>
    </message>
    <message>
        <source>The recording {path} breaks off at {end_s:.0f} s: get a complete copy of it; the rows up to there are saved.</source>
        <translation>La vidéo {path} s’interrompt à {end_s:.0f} s&#xa0;: procurez-vous une copie complète&#xa0;; les lignes jusque-là sont enregistrées.</translation>
    </message>
    <message>
        <source>The recording {path} cannot be opened: check that you may read it.</source>
        <translation>La vidéo {path} ne s’ouvre pas&#xa0;: vérifiez que vous avez le droit de la lire.</translation>
    </message>
    <message>
        <source>The recording {path} is damaged or not a video: play it in a video player, or choose another file.</source>
        <translation>La vidéo {path} est abîmée ou n’en est pas une&#xa0;: lisez-la dans un lecteur vidéo, ou choisissez un autre fichier.</translation>
    </message>
    <message>
        <source>The recording {path} is empty: choose another file.</source>
        <translation>La vidéo {path} est vide&#xa0;: choisissez un autre fichier.</translation>
    </message>
    <message>
        <source>The recording {path} was not found: check where it is.</source>
        <translation>La vidéo {path} est introuvable&#xa0;: vérifiez où elle est.</translation>
    </message>
    <message>
        <source>The run was too short to be measured: give it 10 seconds or more.</source>
        <translation>L’essai était trop court pour être mesuré&#xa0;: donnez-lui 10 secondes ou plus.</translation>
    </message>
    <message>
        <source>The screen shows colours in {depth} bits, which cannot be captured: set it to 24 bits (in Xorg&apos;s configuration, DefaultDepth 24), then start again.</source>
        <translation>L’écran affiche les couleurs sur {depth} bits et ne peut pas être lu ainsi&#xa0;: réglez-le sur 24 bits (dans la configuration de Xorg, DefaultDepth 24), puis recommencez.</translation>
    </message>
    <message>
        <source>The session cannot be read back from {path}: look at its disk.</source>
        <translation>La séance ne peut pas être relue depuis {path}&#xa0;: voyez son disque.</translation>
    </message>
    <message>
        <source>The setting &quot;{label}&quot; ({name}) is {value}: {allowed}.</source>
        <translation>Le paramètre «&#xa0;{label}&#xa0;» ({name}) vaut {value}&#xa0;: {allowed}.</translation>
    </message>
    <message>
        <source>The settings cannot be saved in {folder}: check that it can be written.</source>
        <translation>Les paramètres ne peuvent pas être enregistrés dans {folder}&#xa0;: vérifiez qu’on peut y écrire.</translation>
    </message>
    <message>
        <source>The settings in {file} are not this program&apos;s: mend or delete the file.</source>
        <translation>Les paramètres dans {file} ne sont pas de ce programme&#xa0;: corrigez ou supprimez le fichier.</translation>
    </message>
    <message>
        <source>The settings in {file} cannot be read: mend or delete the file.</source>
        <translation>Les paramètres dans {file} sont illisibles&#xa0;: corrigez ou supprimez le fichier.</translation>
    </message>
    <message>
        <source>The settings in {file} were written by a newer version: update, or delete the file.</source>
        <translation>Les paramètres dans {file} viennent d’une version plus récente&#xa0;: mettez le programme à jour, ou supprimez le fichier.</translation>
    </message>
    <message>
        <source>The shipped face detector {file} is missing: install the program again.</source>
        <translation>Le détecteur d’origine {file} manque&#xa0;: réinstallez le programme.</translation>
    </message>
    <message>
        <source>The shipped network {shipped} is missing: install the program again.</source>
        <translation>Le réseau d’origine {shipped} manque&#xa0;: réinstallez le programme.</translation>
    </message>
    <message>
        <source>The sidecar {file} cannot be read: correct it, or choose the network again.</source>
        <translation>La fiche {file} est illisible&#xa0;: corrigez-la, ou choisissez de nouveau le réseau.</translation>
    </message>
    <message>
        <source>The sidecar {model} does not fit: it needs the seven classes ({expressions}) in the network&apos;s order, and input with channels 1 or 3 and a value_range.</source>
        <translation>La fiche {model} ne convient pas&#xa0;: il lui faut les sept classes ({expressions}) dans l’ordre du réseau, et une entrée avec channels 1 ou 3 et value_range.</translation>
    </message>
    <message>
        <source>The soak stands still: see the log file.</source>
        <translation>Le test d’endurance n’avance plus&#xa0;: voyez le journal.</translation>
    </message>
    <message>
        <source>The source ended by a fault in the program; it is being opened again.</source>
        <translation>La source s’est arrêtée sur un défaut du programme&#xa0;; elle est rouverte.</translation>
    </message>
    <message>
        <source>The source failed {times} times in a row, and is not opened again: stop the session, check the source, and begin another.</source>
        <translation>La source a échoué {times} fois de suite et n’est plus rouverte&#xa0;: arrêtez la séance, vérifiez la source, et commencez-en une autre.</translation>
    </message>
    <message>
        <source>The source gives a picture every {seconds} s only: seconds long after one have no figures.</source>
        <translation>La source ne donne une image que toutes les {seconds} s&#xa0;: les secondes loin après une image n’ont pas de chiffres.</translation>
    </message>
    <message>
        <source>The source has given no picture for {seconds} s.</source>
        <translation>La source n’a pas donné d’image depuis {seconds} s.</translation>
    </message>
    <message>
        <source>The source has given no picture for {seconds} s; it is being opened again.</source>
        <translation>La source n’a pas donné d’image depuis {seconds} s&#xa0;; elle est rouverte.</translation>
    </message>
    <message>
        <source>The source is lost, as the soak wants it.</source>
        <translation>La source est perdue, comme le veut le test d’endurance.</translation>
    </message>
    <message>
        <source>The source of the last session is remembered until the next start</source>
        <translation>La source de la dernière séance est gardée jusqu’au prochain démarrage</translation>
    </message>
    <message>
        <source>The store is being read by another program: close that, then erase once more.</source>
        <translation>Un autre programme lit la base en ce moment&#xa0;: fermez-le, puis effacez de nouveau.</translation>
    </message>
    <message>
        <source>The store of sessions is damaged and is being repaired: this session is stored as soon as that is done.</source>
        <translation>La base des séances est abîmée et en réparation&#xa0;: cette séance y entrera dès que ce sera fait.</translation>
    </message>
    <message>
        <source>The store of sessions was damaged. {lost}; of others, {whole}, {seconds} seconds were saved. The damaged file is kept as {damaged}.</source>
        <translation>La base des séances était abîmée. {lost}&#xa0;; des autres, {whole}, {seconds} secondes ont été sauvées. Le fichier abîmé est gardé sous {damaged}.</translation>
    </message>
    <message>
        <source>The store of sessions was damaged. {lost}; the damaged file is kept as {damaged}.</source>
        <translation>La base des séances était abîmée. {lost}&#xa0;; le fichier abîmé est gardé sous {damaged}.</translation>
    </message>
    <message>
        <source>The store of sessions was damaged: nothing of it could be recovered; the damaged file is kept as {damaged}.</source>
        <translation>La base des séances était abîmée&#xa0;: rien n’a pu en être récupéré&#xa0;; le fichier abîmé est gardé sous {damaged}.</translation>
    </message>
    <message>
        <source>The store of sessions was damaged: {sessions} sessions with {seconds} seconds were saved, {from_backup} of them out of a backup; the damaged file is kept as {damaged}.</source>
        <translation>La base des séances était abîmée&#xa0;: {sessions} séances avec {seconds} secondes ont été sauvées, dont {from_backup} d’une sauvegarde&#xa0;; le fichier abîmé est gardé sous {damaged}.</translation>
    </message>
    <message>
        <source>The store of sessions was moved, removed or replaced: this session is written again from its start, to {path}.</source>
        <translation>La base des séances a été déplacée, supprimée ou remplacée&#xa0;: cette séance est réécrite depuis son début, dans {path}.</translation>
    </message>
    <message>
        <source>The store of sessions {path} cannot be repaired.</source>
        <translation>La base des séances {path} ne peut pas être réparée.</translation>
    </message>
    <message>
        <source>The store of sessions {path} cannot be used ({error}): look at its disk and folder.</source>
        <translation>La base des séances {path} est inutilisable ({error})&#xa0;: voyez son disque et son dossier.</translation>
    </message>
    <message>
        <source>The store of sessions {path} holds what this program did not write ({error}).</source>
        <translation>La base des séances {path} contient ce que ce programme n’a pas écrit ({error}).</translation>
    </message>
    <message>
        <source>The store of sessions {path} is damaged: `sessions check --repair` saves what can be read.</source>
        <translation>La base des séances {path} est abîmée&#xa0;: `sessions check --repair` sauve ce qui est lisible.</translation>
    </message>
    <message>
        <source>The stream from {name} broke off: check the network, then start again.</source>
        <translation>Le flux de {name} s’est interrompu&#xa0;: vérifiez le réseau, puis recommencez.</translation>
    </message>
    <message>
        <source>The window could not be measured: see the line above.</source>
        <translation>La fenêtre n’a pas pu être mesurée&#xa0;: voyez la ligne ci-dessus.</translation>
    </message>
    <message>
        <source>The window is hidden or on another desktop: bring it back, and the session goes on.</source>
        <translation>La fenêtre est masquée ou sur un autre bureau&#xa0;: faites-la revenir, et la séance continue.</translation>
    </message>
    <message>
        <source>The window is minimised: open it again, and the session goes on.</source>
        <translation>La fenêtre est réduite&#xa0;: rouvrez-la, et la séance continue.</translation>
    </message>
    <message>
        <source>The window is on no monitor: move it back, and the session goes on.</source>
        <translation>La fenêtre n’est sur aucun écran&#xa0;: ramenez-la, et la séance continue.</translation>
    </message>
    <message>
        <source>The window was closed: open it again, or end the session and choose another.</source>
        <translation>La fenêtre a été fermée&#xa0;: rouvrez-la, ou terminez la séance et choisissez-en une autre.</translation>
    </message>
    <message>
        <source>There are no pictures in {path}: choose a folder with JPEG or PNG files.</source>
        <translation>Il n’y a pas d’images dans {path}&#xa0;: choisissez un dossier de fichiers JPEG ou PNG.</translation>
    </message>
    <message>
        <source>There is no home folder for {path}: choose another face detector in the settings.</source>
        <translation>Il n’y a pas de dossier personnel pour {path}&#xa0;: choisissez un autre détecteur dans les paramètres.</translation>
    </message>
    <message>
        <source>There is no home folder for {path}: choose another {what} in the settings.</source>
        <translation>Il n’y a pas de dossier personnel pour {path}&#xa0;: choisissez autre chose dans les paramètres ({what}).</translation>
    </message>
    <message>
        <source>There is no picture to save: make the window larger and try again.</source>
        <translation>Il n’y a pas d’image à enregistrer&#xa0;: agrandissez la fenêtre et réessayez.</translation>
    </message>
    <message>
        <source>There is no session {id}: `sessions list` shows those that there are.</source>
        <translation>Il n’y a pas de séance {id}&#xa0;: `sessions list` montre celles qui existent.</translation>
    </message>
    <message>
        <source>There is no {boxes_file} in or beside {folder}: add one with the boxes of the faces.</source>
        <translation>Il n’y a pas de {boxes_file} dans {folder} ni à côté&#xa0;: ajoutez-en un avec les cadres des visages.</translation>
    </message>
    <message>
        <source>This lesson cannot be added to your saved lessons: {problem} Its CSV file is written.</source>
        <translation>Ce cours ne peut pas rejoindre vos cours enregistrés&#xa0;: {problem} Son fichier CSV est écrit.</translation>
    </message>
    <message>
        <source>This lesson is no longer stored.</source>
        <translation>Ce cours n’est plus enregistré.</translation>
    </message>
    <message>
        <source>This program&apos;s own window covers most of what is read: move it aside or minimise it, and the session goes on.</source>
        <translation>La fenêtre de ce programme couvre presque tout ce qui est lu&#xa0;: écartez-la ou réduisez-la, et la séance continue.</translation>
    </message>
    <message>
        <source>This program&apos;s own window covers the chosen window: move one of them aside, and the session goes on.</source>
        <translation>La fenêtre de ce programme couvre la fenêtre choisie&#xa0;: écartez l’une des deux, et la séance continue.</translation>
    </message>
    <message>
        <source>Time constant of the smoothing; 0 is none</source>
        <translation>Constante de temps du lissage&#xa0;; 0 pour aucun</translation>
    </message>
    <message>
        <source>Too few faces to say what has changed.</source>
        <translation>Trop peu de visages pour dire ce qui a changé.</translation>
    </message>
    <message>
        <source>Too little was seen to say.</source>
        <translation>Trop peu a été vu.</translation>
    </message>
    <message>
        <source>Too short to learn what is usual.</source>
        <translation>Trop&#xa0;court&#xa0;pour&#xa0;apprendre&#xa0;ce&#xa0;qui&#xa0;est&#xa0;habituel.</translation>
    </message>
    <message>
        <source>Training needs TensorFlow: run `make setup EXTRAS=train`, or install fer-desktop[train].</source>
        <translation>L’entraînement demande TensorFlow&#xa0;: lancez `make setup EXTRAS=train`, ou installez fer-desktop[train].</translation>
    </message>
    <message>
        <source>Turned away</source>
        <translation>Détournés</translation>
    </message>
    <message>
        <source>Until the next lesson or start</source>
        <translation>Jusqu’au prochain cours ou démarrage</translation>
    </message>
    <message>
        <source>Updates a second, at most</source>
        <translation>Mises à jour par seconde, au plus</translation>
    </message>
    <message>
        <source>Usual look</source>
        <translation>Air habituel</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Affichage</translation>
    </message>
    <message>
        <source>Waiting: another window covers the call.</source>
        <translation>En attente&#xa0;: une autre fenêtre couvre l’appel.</translation>
    </message>
    <message>
        <source>What are the calls?</source>
        <translation>À quoi servent les appels&#xa0;?</translation>
    </message>
    <message>
        <source>What the calls are: education, work or something else</source>
        <translation>À quoi servent les appels&#xa0;: enseignement, travail ou autre chose</translation>
    </message>
    <message>
        <source>What the program can and cannot know was read, and the answers were accepted</source>
        <translation>Ce que le programme peut savoir ou non a été lu, et les réponses ont été acceptées</translation>
    </message>
    <message>
        <source>What the window speaks, from its next start on</source>
        <translation>La langue de la fenêtre, dès son prochain démarrage</translation>
    </message>
    <message>
        <source>Where is the class held?</source>
        <translation>Où la classe a-t-elle lieu&#xa0;?</translation>
    </message>
    <message>
        <source>Where the CSV files of sessions are saved</source>
        <translation>Où sont enregistrés les fichiers CSV des séances</translation>
    </message>
    <message>
        <source>Where the class is held: in the EU or EEA, or elsewhere</source>
        <translation>Où la classe a lieu&#xa0;: dans l’UE ou l’EEE, ou ailleurs</translation>
    </message>
    <message>
        <source>Whether a CSV file is written while a session runs</source>
        <translation>Si un fichier CSV est écrit pendant une séance</translation>
    </message>
    <message>
        <source>Which output of the network is read</source>
        <translation>Quelle sortie du réseau est lue</translation>
    </message>
    <message>
        <source>With your answers this stays off: in the EU and EEA the law forbids reading the expressions of people in teaching and at work, live or recorded, with consent or without. The demo class, your own camera and recordings of yourself can be used.</source>
        <translation>Avec vos réponses, ceci reste désactivé&#xa0;: dans l’UE et l’EEE, la loi interdit de lire les expressions des personnes dans l’enseignement et au travail, en direct ou en vidéo, avec ou sans leur accord. La classe de démo, votre propre caméra et les vidéos de vous-même restent possibles.</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Travail</translation>
    </message>
    <message>
        <source>Write a CSV file while a session runs</source>
        <translation>Écrire un fichier CSV pendant une séance</translation>
    </message>
    <message>
        <source>Your answers cannot be kept in {file}: check that its folder can be written.</source>
        <translation>Vos réponses ne peuvent pas être gardées dans {file}&#xa0;: vérifiez qu’on peut écrire dans son dossier.</translation>
    </message>
    <message>
        <source>Your own network, a .tflite or .keras file with its sidecar .json</source>
        <translation>Votre propre réseau, un fichier .tflite ou .keras avec sa fiche .json</translation>
    </message>
    <message>
        <source>Your saved lessons are damaged: start the program again, and what can be read is saved.</source>
        <translation>Vos cours enregistrés sont abîmés&#xa0;: redémarrez le programme, et ce qui est lisible sera sauvé.</translation>
    </message>
    <message>
        <source>YuNet</source>
        <translation>YuNet</translation>
    </message>
    <message>
        <source>YuNet&apos;s .onnx file, if you have one of your own</source>
        <translation>Le fichier .onnx de YuNet, si vous avez le vôtre</translation>
    </message>
    <message>
        <source>are not in view</source>
        <translation>sont hors champ</translation>
    </message>
    <message>
        <source>are turned away</source>
        <translation>sont détournés</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>abîmé</translation>
    </message>
    <message>
        <source>have stopped smiling</source>
        <translation>ont cessé de sourire</translation>
    </message>
    <message>
        <source>it can be true or false</source>
        <translation>ce peut être true ou false</translation>
    </message>
    <message>
        <source>it can be {most} or {last}</source>
        <translation>ce peut être {most} ou {last}</translation>
    </message>
    <message>
        <source>it must be a number from {low} to {high}</source>
        <translation>il faut un nombre de {low} à {high}</translation>
    </message>
    <message>
        <source>it must be a whole number from {low} to {high}</source>
        <translation>il faut un nombre entier de {low} à {high}</translation>
    </message>
    <message>
        <source>it must be text</source>
        <translation>il faut un texte</translation>
    </message>
    <message>
        <source>look sad, afraid or angry</source>
        <translation>ont l’air tristes, effrayés ou en colère</translation>
    </message>
    <message>
        <source>look surprised</source>
        <translation>ont l’air surpris</translation>
    </message>
    <message>
        <source>min</source>
        <translation>min</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>smile</source>
        <translation>sourient</translation>
    </message>
    <message>
        <source>{count} of {faces} faces are too bright to read: less light from behind helps.</source>
        <translation>{count}&#xa0;visages&#xa0;sur&#xa0;{faces}&#xa0;sont&#xa0;trop&#xa0;clairs&#xa0;pour&#xa0;être&#xa0;lus&#xa0;:&#xa0;moins&#xa0;de&#xa0;lumière&#xa0;par&#xa0;derrière&#xa0;aide.</translation>
    </message>
    <message>
        <source>{count} of {faces} faces are too dark to read: more light on the face helps.</source>
        <translation>{count}&#xa0;visages&#xa0;sur&#xa0;{faces}&#xa0;sont&#xa0;trop&#xa0;sombres&#xa0;pour&#xa0;être&#xa0;lus&#xa0;:&#xa0;plus&#xa0;de&#xa0;lumière&#xa0;sur&#xa0;le&#xa0;visage&#xa0;aide.</translation>
    </message>
    <message>
        <source>{count} of {faces} pictures stand still: the call’s connection may be slow.</source>
        <translation>{count}&#xa0;images&#xa0;sur&#xa0;{faces}&#xa0;sont&#xa0;figées&#xa0;:&#xa0;la&#xa0;connexion&#xa0;de&#xa0;l’appel&#xa0;est&#xa0;peut-être&#xa0;lente.</translation>
    </message>
    <message>
        <source>{expected} rows were expected, {written} are in the files, {stored} in the store.</source>
        <translation>{expected} lignes étaient attendues, {written} sont dans les fichiers, {stored} dans la base.</translation>
    </message>
    <message>
        <source>{file} cannot be read as a picture: save it as JPEG or PNG.</source>
        <translation>{file} ne se lit pas comme une image&#xa0;: enregistrez-la en JPEG ou PNG.</translation>
    </message>
    <message>
        <source>{file} cannot be written: copy the network to a folder of yours.</source>
        <translation>{file} ne peut pas être écrit&#xa0;: copiez le réseau dans un dossier à vous.</translation>
    </message>
    <message>
        <source>{file} is a file of this program, which holds your lessons: choose another name.</source>
        <translation>{file} est un fichier de ce programme, qui contient vos cours&#xa0;: choisissez un autre nom.</translation>
    </message>
    <message>
        <source>{file} is damaged: its columns are file,x0,y0,x1,y1, in px.</source>
        <translation>{file} est abîmé&#xa0;: ses colonnes sont file,x0,y0,x1,y1, en px.</translation>
    </message>
    <message>
        <source>{file} is no YuNet file that OpenCV reads: choose another in the settings, or leave it empty there.</source>
        <translation>{file} n’est pas un fichier YuNet que lit OpenCV&#xa0;: choisissez-en un autre dans les paramètres, ou laissez le champ vide.</translation>
    </message>
    <message>
        <source>{minutes} min were missed: the computer or the program was asleep.</source>
        <translation>{minutes} min manquent&#xa0;: l’ordinateur ou le programme était en veille.</translation>
    </message>
    <message>
        <source>{model} cannot be used as a network: choose a .tflite or .keras file.</source>
        <translation>{model} ne peut pas servir de réseau&#xa0;: choisissez un fichier .tflite ou .keras.</translation>
    </message>
    <message>
        <source>{model} cannot read several crops at once: convert it with an open batch size.</source>
        <translation>{model} ne peut pas lire plusieurs extraits à la fois&#xa0;: convertissez-le avec une taille de lot libre.</translation>
    </message>
    <message>
        <source>{model} does not have one input: use a network that takes one crop.</source>
        <translation>{model} n’a pas une seule entrée&#xa0;: prenez un réseau qui lit un extrait.</translation>
    </message>
    <message>
        <source>{model} does not output seven probabilities: end it in a softmax over seven classes.</source>
        <translation>{model} ne donne pas sept probabilités&#xa0;: terminez-le par un softmax sur sept classes.</translation>
    </message>
    <message>
        <source>{model} does not take square crops of a fixed size: use a network that does.</source>
        <translation>{model} ne prend pas d’extraits carrés de taille fixe&#xa0;: prenez un réseau qui le fait.</translation>
    </message>
    <message>
        <source>{model} does not take the crops that its sidecar describes: correct one of them.</source>
        <translation>{model} ne prend pas les extraits que décrit sa fiche&#xa0;: corrigez l’un des deux.</translation>
    </message>
    <message>
        <source>{model} has no output named {wanted}, which its sidecar lists in `outputs`: correct it.</source>
        <translation>{model} n’a pas de sortie nommée {wanted}, que sa fiche cite dans `outputs`&#xa0;: corrigez-la.</translation>
    </message>
    <message>
        <source>{model} has no output named {wanted}: choose one of {heads}.</source>
        <translation>{model} n’a pas de sortie nommée {wanted}&#xa0;: choisissez parmi {heads}.</translation>
    </message>
    <message>
        <source>{model} has no sidecar {name} beside it: choose the network in the settings, which ask for it.</source>
        <translation>{model} n’a pas de fiche {name} à côté de lui&#xa0;: choisissez le réseau dans les paramètres, qui la demandent.</translation>
    </message>
    <message>
        <source>{model} has the outputs {heads}: its sidecar must list in `outputs` the one to read first.</source>
        <translation>{model} a les sorties {heads}&#xa0;: sa fiche doit citer en premier dans `outputs` celle à lire.</translation>
    </message>
    <message>
        <source>{model} is not a Keras network that can be loaded here: choose another.</source>
        <translation>{model} n’est pas un réseau Keras qui se charge ici&#xa0;: choisissez-en un autre.</translation>
    </message>
    <message>
        <source>{model} is not a TensorFlow Lite network with one input and named outputs: choose another.</source>
        <translation>{model} n’est pas un réseau TensorFlow Lite avec une entrée et des sorties nommées&#xa0;: choisissez-en un autre.</translation>
    </message>
    <message>
        <source>{model} is not a network that can be read: choose another.</source>
        <translation>{model} n’est pas un réseau lisible&#xa0;: choisissez-en un autre.</translation>
    </message>
    <message>
        <source>{model} is too large to be loaded ({found}; at most {most}): choose a smaller network.</source>
        <translation>{model} est trop gros pour être chargé ({found}&#xa0;; au plus {most})&#xa0;: choisissez un réseau plus petit.</translation>
    </message>
    <message>
        <source>{model} takes crops of {shape} channels, its sidecar says {channels}: correct it.</source>
        <translation>{model} prend des extraits à {shape} canaux, sa fiche dit {channels}&#xa0;: corrigez-la.</translation>
    </message>
    <message>
        <source>{model} takes whole numbers from 0 to 255: its sidecar&apos;s value_range must say so.</source>
        <translation>{model} prend des nombres entiers de 0 à 255&#xa0;: value_range doit le dire dans sa fiche.</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the disk is full: free some space, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>{name} ne peut pas être écrit dans {parent}, le disque est plein&#xa0;: faites de la place, ou choisissez un autre dossier (dans les paramètres&#xa0;; en ligne de commande avec --out).</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the disk is write-protected: choose another folder (in the settings; on the command line with --out).</source>
        <translation>{name} ne peut pas être écrit dans {parent}, le disque est protégé en écriture&#xa0;: choisissez un autre dossier (dans les paramètres&#xa0;; en ligne de commande avec --out).</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the disk reports an error: check its cable, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>{name} ne peut pas être écrit dans {parent}, le disque signale une erreur&#xa0;: vérifiez son câble, ou choisissez un autre dossier (dans les paramètres&#xa0;; en ligne de commande avec --out).</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the network drive has lost it: connect it again, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>{name} ne peut pas être écrit dans {parent}, le lecteur réseau l’a perdu&#xa0;: reconnectez-le, ou choisissez un autre dossier (dans les paramètres&#xa0;; en ligne de commande avec --out).</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, your share of the disk is used up: delete some files, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>{name} ne peut pas être écrit dans {parent}, votre part du disque est épuisée&#xa0;: supprimez des fichiers, ou choisissez un autre dossier (dans les paramètres&#xa0;; en ligne de commande avec --out).</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}: make it writable, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>{name} ne peut pas être écrit dans {parent}&#xa0;: autorisez l’écriture, ou choisissez un autre dossier (dans les paramètres&#xa0;; en ligne de commande avec --out).</translation>
    </message>
    <message>
        <source>{name} does not let you see this address: check user, password and address.</source>
        <translation>{name} ne vous laisse pas voir cette adresse&#xa0;: vérifiez le nom, le mot de passe et l’adresse.</translation>
    </message>
    <message>
        <source>{name} needs TensorFlow, which is not installed: pip install &apos;fer-desktop[train]&apos;.</source>
        <translation>{name} demande TensorFlow, qui n’est pas installé&#xa0;: pip install &apos;fer-desktop[train]&apos;.</translation>
    </message>
    <message>
        <source>{name} sends no pictures: close other programs that use it, such as the call, then start again.</source>
        <translation>{name} n’envoie pas d’images&#xa0;: fermez les autres programmes qui l’utilisent, comme l’appel, puis recommencez.</translation>
    </message>
    <message>
        <source>{name} stopped sending pictures: check its cable, then start again.</source>
        <translation>{name} n’envoie plus d’images&#xa0;: vérifiez son câble, puis recommencez.</translation>
    </message>
    <message>
        <source>{name} wants a user and a password, or knows others: write them before the computer&apos;s name, as in rtsp://user:password@computer.</source>
        <translation>{name} veut un nom et un mot de passe, ou en connaît d’autres&#xa0;: écrivez-les avant l’ordinateur, comme dans rtsp://nom:motdepasse@ordinateur.</translation>
    </message>
    <message>
        <source>{name} was not found: connect it, or choose another camera.</source>
        <translation>{name} est introuvable&#xa0;: branchez-la, ou choisissez une autre caméra.</translation>
    </message>
    <message>
        <source>{path} already exists: choose another name or move it away.</source>
        <translation>{path} existe déjà&#xa0;: choisissez un autre nom ou déplacez-le.</translation>
    </message>
    <message>
        <source>{path} cannot be opened: check that you may read it.</source>
        <translation>{path} ne s’ouvre pas&#xa0;: vérifiez que vous avez le droit de le lire.</translation>
    </message>
    <message>
        <source>{path} cannot be written ({error}): free some space on that disk; what was written before is kept.</source>
        <translation>{path} ne peut pas être écrit ({error})&#xa0;: faites de la place sur ce disque&#xa0;; ce qui est déjà écrit est gardé.</translation>
    </message>
    <message>
        <source>{path} cannot be written, it has reached the size that is allowed: free some space or have the limit raised; what was written before is kept.</source>
        <translation>{path} ne peut pas être écrit, la taille permise est atteinte&#xa0;: faites de la place, ou faites relever la limite&#xa0;; ce qui est déjà écrit est gardé.</translation>
    </message>
    <message>
        <source>{path} cannot be written, it is not permitted: allow this program to write in its folder; what was written before is kept.</source>
        <translation>{path} ne peut pas être écrit, ce n’est pas permis&#xa0;: autorisez ce programme à écrire dans son dossier&#xa0;; ce qui est déjà écrit est gardé.</translation>
    </message>
    <message>
        <source>{path} cannot be written, the disk is full: free some space on it; what was written before is kept.</source>
        <translation>{path} ne peut pas être écrit, le disque est plein&#xa0;: faites-y de la place&#xa0;; ce qui est déjà écrit est gardé.</translation>
    </message>
    <message>
        <source>{path} cannot be written, the disk is write-protected now: take the protection off, or connect it again.</source>
        <translation>{path} ne peut pas être écrit, le disque est maintenant protégé&#xa0;: ôtez la protection, ou reconnectez-le.</translation>
    </message>
    <message>
        <source>{path} cannot be written, the disk reports an error: check its cable, or the drive itself.</source>
        <translation>{path} ne peut pas être écrit, le disque signale une erreur&#xa0;: vérifiez son câble, ou le disque lui-même.</translation>
    </message>
    <message>
        <source>{path} cannot be written, the network drive has lost it: connect the drive again.</source>
        <translation>{path} ne peut pas être écrit, le lecteur réseau l’a perdu&#xa0;: reconnectez le lecteur.</translation>
    </message>
    <message>
        <source>{path} cannot be written, your share of the disk is used up: delete or move files of yours; what was written before is kept.</source>
        <translation>{path} ne peut pas être écrit, votre part du disque est épuisée&#xa0;: supprimez ou déplacez des fichiers&#xa0;; ce qui est déjà écrit est gardé.</translation>
    </message>
    <message>
        <source>{path} contains no recordings or pictures: choose another folder.</source>
        <translation>{path} ne contient ni vidéos ni images&#xa0;: choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>{path} is a HEIC photo, which cannot be read here: save it as JPEG or PNG.</source>
        <translation>{path} est une photo HEIC, qui ne se lit pas ici&#xa0;: enregistrez-la en JPEG ou PNG.</translation>
    </message>
    <message>
        <source>{path} is a database of another program: move it away.</source>
        <translation>{path} est la base de données d’un autre programme&#xa0;: déplacez-la.</translation>
    </message>
    <message>
        <source>{path} is damaged or not a picture: save it again as JPEG or PNG.</source>
        <translation>{path} est abîmé ou n’est pas une image&#xa0;: enregistrez-la de nouveau en JPEG ou PNG.</translation>
    </message>
    <message>
        <source>{path} is no file: choose a picture.</source>
        <translation>{path} n’est pas un fichier&#xa0;: choisissez une image.</translation>
    </message>
    <message>
        <source>{path} is too large: make it smaller, at most {side:,} px a side and {megapixels} megapixels.</source>
        <translation>{path} est trop grande&#xa0;: réduisez-la à {side} px de côté et {megapixels} mégapixels au plus.</translation>
    </message>
    <message>
        <source>{path} met a fault in the program: please report it; what else was given is read.</source>
        <translation>Le programme a rencontré un défaut avec {path}&#xa0;: signalez-le, s’il vous plaît&#xa0;; le reste est lu.</translation>
    </message>
    <message>
        <source>{path} was not found: check where it is.</source>
        <translation>{path} est introuvable&#xa0;: vérifiez où il est.</translation>
    </message>
    <message>
        <source>{path} was written by a newer version of this program: install that one again.</source>
        <translation>{path} vient d’une version plus récente de ce programme&#xa0;: réinstallez-la.</translation>
    </message>
    <message>
        <source>{problem} Change it in {file}, or delete the file.</source>
        <translation>{problem} Changez-le dans {file}, ou supprimez le fichier.</translation>
    </message>
    <message>
        <source>{problem} What happened is in the log file.</source>
        <translation>{problem} Ce qui s’est passé est dans le journal.</translation>
    </message>
    <message>
        <source>{problem} What happened is in {file}</source>
        <translation>{problem} Ce qui s’est passé est dans {file}</translation>
    </message>
    <message>
        <source>{problem} Who was left out is counted again: leave them out once more.</source>
        <translation>{problem} Ceux laissés de côté comptent de nouveau&#xa0;: laissez-les de côté encore une fois.</translation>
    </message>
    <message>
        <source>{refusal} If you alone are seen in these, add --recording-of-myself.</source>
        <translation>{refusal} Si on n’y voit que vous, ajoutez --recording-of-myself.</translation>
    </message>
    <message>
        <source>{seconds} s were missed: the computer or the program was asleep.</source>
        <translation>{seconds} s manquent&#xa0;: l’ordinateur ou le programme était en veille.</translation>
    </message>
    <message>
        <source>{start} {what} were open at the start, and {end} at the end.</source>
        <translation>{start} {what} étaient ouverts au début, et {end} à la fin.</translation>
    </message>
    <message>
        <source>हिन्दी</source>
        <translation>हिन्दी</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
</context>
<context>
    <name>MiniStrip</name>
    <message>
        <source>Back to the window</source>
        <translation>Revenir à la fenêtre</translation>
    </message>
    <message>
        <source>Expressions on faces are being read</source>
        <translation>Des expressions de visages sont lues</translation>
    </message>
    <message>
        <source>FER Desktop: mini strip</source>
        <translation>FER Desktop&#xa0;: petite barre</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Repère</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation>Rien de lu pour l’instant</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Put the strip away</source>
        <translation>Ranger la barre</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>The class at a glance</source>
        <translation>La classe en un coup d’œil</translation>
    </message>
    <message>
        <source>What others were told…</source>
        <translation>Ce qui a été dit aux autres…</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>**Expressions.** Right on this many of 100 faces, by the label of the picture: {expressions}.</source>
        <translation>**Expressions.** Juste pour tant de visages sur 100, selon l’étiquette de l’image&#xa0;: {expressions}.</translation>
    </message>
    <message>
        <source>**Expressions.** Right on this many of 100 faces, by what people see in them: {expressions}.</source>
        <translation>**Expressions.** Juste pour tant de visages sur 100, selon ce qu’y voient les gens&#xa0;: {expressions}.</translation>
    </message>
    <message>
        <source>**Poor pictures.** Right on this many of 100 faces, by what spoils them: {conditions}.</source>
        <translation>**Mauvaises images.** Juste pour tant de visages sur 100, selon ce qui les gâte&#xa0;: {conditions}.</translation>
    </message>
    <message>
        <source>**Small faces.** How often it is right on them was not measured for this file.</source>
        <translation>**Petits visages.** Combien de fois il y voit juste n’a pas été mesuré pour ce fichier.</translation>
    </message>
    <message>
        <source>**Small faces.** Right on this many of 100 faces, by their height: {heights}.</source>
        <translation>**Petits visages.** Juste pour tant de visages sur 100, selon leur hauteur&#xa0;: {heights}.</translation>
    </message>
    <message>
        <source>**Very small faces.** With your settings, faces under {height} px are not read.</source>
        <translation>**Très petits visages.** Avec vos paramètres, les visages de moins de {height} px ne sont pas lus.</translation>
    </message>
    <message>
        <source>A network misreads faces that were rare in its training more often than others.</source>
        <translation>Un réseau se trompe plus souvent sur les visages rares dans son entraînement.</translation>
    </message>
    <message>
        <source>Decisions about anybody.</source>
        <translation>Des décisions sur qui que ce soit.</translation>
    </message>
    <message>
        <source>Few seem to be old, and few have dark skin. Expect more mistakes on such faces.</source>
        <translation>Peu semblent âgés, et peu ont la peau foncée. Attendez-vous à plus d’erreurs sur ces visages.</translation>
    </message>
    <message>
        <source>How often this network is right is not known</source>
        <translation>On ne sait pas combien de fois ce réseau voit juste</translation>
    </message>
    <message>
        <source>Install the program again.</source>
        <translation>Réinstallez le programme.</translation>
    </message>
    <message>
        <source>It has one output.</source>
        <translation>Il a une sortie.</translation>
    </message>
    <message>
        <source>It is NOT the file that was measured, which has the SHA-256 `{sha256}`.</source>
        <translation>Ce n’est PAS le fichier qui a été mesuré, dont le SHA-256 est `{sha256}`.</translation>
    </message>
    <message>
        <source>It is not known which file was measured.</source>
        <translation>On ne sait pas quel fichier a été mesuré.</translation>
    </message>
    <message>
        <source>It is not known which file was measured. The figures below may be those of another.</source>
        <translation>On ne sait pas quel fichier a été mesuré. Les chiffres ci-dessous sont peut-être ceux d’un autre.</translation>
    </message>
    <message>
        <source>It is the file that was measured.</source>
        <translation>C’est le fichier qui a été mesuré.</translation>
    </message>
    <message>
        <source>It looks at one face at a time and weighs seven expressions against each other. It says what a face shows to a stranger in one picture. It knows nothing of what anybody feels, thinks or understands.</source>
        <translation>Il regarde un visage à la fois et met en balance sept expressions. Il dit ce qu’un visage montre à un inconnu sur une image. Il ne sait rien de ce que chacun ressent, pense ou comprend.</translation>
    </message>
    <message>
        <source>It was trained on FER-2013: small grey pictures of faces, collected from the web in 2013 for a research contest. Ten people then said what they saw in each (FER+).</source>
        <translation>Il a été entraîné sur FER-2013&#xa0;: de petites images grises de visages, recueillies sur le web en 2013 pour un concours de recherche. Dix personnes ont ensuite dit ce qu’elles voyaient sur chacune (FER+).</translation>
    </message>
    <message>
        <source>Its SHA-256 is `{sha256}`.</source>
        <translation>Son SHA-256 est `{sha256}`.</translation>
    </message>
    <message>
        <source>Its file does not say. Whoever has FER-2013 in a folder DIR can measure it:</source>
        <translation>Son fichier ne le dit pas. Qui a FER-2013 dans un dossier DIR peut le mesurer&#xa0;:</translation>
    </message>
    <message>
        <source>Many of these faces are posed or acted. People in a call show less.</source>
        <translation>Beaucoup de ces visages posent ou jouent. Dans un appel, les gens montrent moins.</translation>
    </message>
    <message>
        <source>Marking, ranking or watching individual people.</source>
        <translation>Noter, classer ou surveiller des personnes.</translation>
    </message>
    <message>
        <source>Measure it again: the technical details say how.</source>
        <translation>Mesurez-le de nouveau&#xa0;: les détails techniques disent comment.</translation>
    </message>
    <message>
        <source>Measured on the faces set aside for it, each with the one label that came with its picture.</source>
        <translation>Mesuré sur les visages mis de côté pour cela, chacun avec la seule étiquette venue avec son image.</translation>
    </message>
    <message>
        <source>Measured on the faces set aside for it. Ten people looked at each; what most of them saw counts.</source>
        <translation>Mesuré sur les visages mis de côté pour cela. Dix personnes ont regardé chacun&#xa0;; ce que la plupart ont vu compte.</translation>
    </message>
    <message>
        <source>Measured on {faces} faces set aside for it, each with the one label that came with its picture.</source>
        <translation>Mesuré sur {faces} visages mis de côté pour cela, chacun avec la seule étiquette venue avec son image.</translation>
    </message>
    <message>
        <source>Measured on {faces} faces set aside for it. Ten people looked at each; what most of them saw counts.</source>
        <translation>Mesuré sur {faces} visages mis de côté pour cela. Dix personnes ont regardé chacun&#xa0;; ce que la plupart ont vu compte.</translation>
    </message>
    <message>
        <source>Of 100 faces, it agrees with the picture&apos;s label on {rate}</source>
        <translation>Sur 100 visages, il est d’accord avec l’étiquette de l’image pour {rate}</translation>
    </message>
    <message>
        <source>Of 100 faces, people agree with it on {rate}</source>
        <translation>Sur 100 visages, les gens sont d’accord avec lui pour {rate}</translation>
    </message>
    <message>
        <source>Output in use: `{name}`</source>
        <translation>Sortie utilisée&#xa0;: `{name}`</translation>
    </message>
    <message>
        <source>People disagree about faces too: the contest&apos;s own labels and those ten people name the same expression on only two faces in three.</source>
        <translation>Les gens aussi sont en désaccord&#xa0;: les étiquettes du concours et ces dix personnes ne nomment la même expression que pour deux visages sur trois.</translation>
    </message>
    <message>
        <source>Teaching or work in the EU and EEA, where the law forbids it.</source>
        <translation>L’enseignement ou le travail dans l’UE et l’EEE, où la loi l’interdit.</translation>
    </message>
    <message>
        <source>The file in use</source>
        <translation>Le fichier utilisé</translation>
    </message>
    <message>
        <source>The percentages it gives are rough: on average they are off by {points}.</source>
        <translation>Ses pourcentages sont approximatifs&#xa0;: ils s’écartent en moyenne de {points}.</translation>
    </message>
    <message>
        <source>The percentages it gives can be taken at their word: on average they are off by {points}.</source>
        <translation>On peut se fier à ses pourcentages&#xa0;: ils s’écartent en moyenne de {points}.</translation>
    </message>
    <message>
        <source>The pictures carry no licence. They are meant for research.</source>
        <translation>Les images n’ont pas de licence. Elles sont destinées à la recherche.</translation>
    </message>
    <message>
        <source>They also helped to choose the network, so the figure may be a little too good.</source>
        <translation>Ils ont aussi servi à choisir le réseau&#xa0;: le chiffre est donc peut-être un peu trop bon.</translation>
    </message>
    <message>
        <source>This file is not the one that was measured. The figures below may not hold for it.</source>
        <translation>Ce fichier n’est pas celui qui a été mesuré. Les chiffres ci-dessous ne valent peut-être pas pour lui.</translation>
    </message>
    <message>
        <source>To measure it again, DIR being a folder with FER-2013:</source>
        <translation>Pour le mesurer de nouveau, DIR étant un dossier avec FER-2013&#xa0;:</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Ce qu’il fait</translation>
    </message>
    <message>
        <source>What it must not be used for</source>
        <translation>À quoi il ne doit pas servir</translation>
    </message>
    <message>
        <source>What it was trained on</source>
        <translation>Sur quoi il a été entraîné</translation>
    </message>
    <message>
        <source>Where it is weaker</source>
        <translation>Où il est plus faible</translation>
    </message>
    <message>
        <source>Where no expression reaches {share} %, the program says that it is not sure. Faces that are too small, dark, blurred or turned away are not read at all.</source>
        <translation>Là où aucune expression n’atteint {share}&#xa0;%, le programme dit qu’il n’est pas sûr. Les visages trop petits, sombres, flous ou détournés ne sont pas lus du tout.</translation>
    </message>
    <message>
        <source>Which pictures it was trained on, and whom they show, is not known here. Ask whoever made it.</source>
        <translation>Sur quelles images il a été entraîné, et qui elles montrent, on ne le sait pas ici. Demandez à qui l’a fait.</translation>
    </message>
    <message>
        <source>almost dark</source>
        <translation>presque noir</translation>
    </message>
    <message>
        <source>blocky</source>
        <translation>pixelisé</translation>
    </message>
    <message>
        <source>in dim light</source>
        <translation>en lumière faible</translation>
    </message>
    <message>
        <source>slightly blurred</source>
        <translation>un peu flou</translation>
    </message>
    <message>
        <source>very blocky</source>
        <translation>très pixelisé</translation>
    </message>
    <message>
        <source>very blurred</source>
        <translation>très flou</translation>
    </message>
    <message>
        <source>{height} px</source>
        <translation>{height} px</translation>
    </message>
</context>
<context>
    <name>ModelCardDialog</name>
    <message>
        <source>About the model</source>
        <translation>À propos du modèle</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Reading the card of the model</source>
        <translation>Lecture de la fiche du modèle</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>Détails techniques</translation>
    </message>
</context>
<context>
    <name>ModelFileField</name>
    <message>
        <source>0 and 1</source>
        <translation>0 et 1</translation>
    </message>
    <message>
        <source>0 and 255</source>
        <translation>0 et 255</translation>
    </message>
    <message>
        <source>Another order</source>
        <translation>Un autre ordre</translation>
    </message>
    <message>
        <source>Black and white are</source>
        <translation>Le noir et le blanc sont</translation>
    </message>
    <message>
        <source>By alphabet, as Keras sorts folders: {classes}</source>
        <translation>Par ordre alphabétique, comme Keras trie les dossiers&#xa0;: {classes}</translation>
    </message>
    <message>
        <source>Colour (RGB)</source>
        <translation>Couleur (RVB)</translation>
    </message>
    <message>
        <source>FER-2013&apos;s: {classes}</source>
        <translation>Celui de FER-2013&#xa0;: {classes}</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Gris</translation>
    </message>
    <message>
        <source>It sees faces in</source>
        <translation>Il voit les visages en</translation>
    </message>
    <message>
        <source>Its classes, in order</source>
        <translation>Ses classes, dans l’ordre</translation>
    </message>
    <message>
        <source>Networks (*.tflite *.keras)</source>
        <translation>Réseaux (*.tflite *.keras)</translation>
    </message>
    <message>
        <source>Order of the classes</source>
        <translation>Ordre des classes</translation>
    </message>
    <message>
        <source>Own network</source>
        <translation>Votre réseau</translation>
    </message>
    <message>
        <source>Please choose</source>
        <translation>Choisissez</translation>
    </message>
    <message>
        <source>Reading the network</source>
        <translation>Lecture du réseau</translation>
    </message>
    <message>
        <source>Say in which order the network gives the seven classes, each once.</source>
        <translation>Dites dans quel ordre le réseau donne les sept classes, chacune une fois.</translation>
    </message>
    <message>
        <source>Say whether the network sees faces in grey or in colour.</source>
        <translation>Dites si le réseau voit les visages en gris ou en couleur.</translation>
    </message>
    <message>
        <source>Say which numbers the network takes for black and for white.</source>
        <translation>Dites quels nombres le réseau prend pour le noir et pour le blanc.</translation>
    </message>
    <message>
        <source>This file does not say what its seven outputs mean. Please tell:</source>
        <translation>Ce fichier ne dit pas ce que signifient ses sept sorties. Dites-le, s’il vous plaît&#xa0;:</translation>
    </message>
    <message>
        <source>This network fits.</source>
        <translation>Ce réseau convient.</translation>
    </message>
    <message>
        <source>−1 and 1</source>
        <translation>−1 et 1</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>In this call I use a program on my computer that guesses, from faces, roughly how many of us look neutral, smile, or look sad, afraid or angry. It shows me counts of the whole class and whether they change. It is often wrong, and it does not know what anybody feels. It keeps counts only: no pictures, nothing about single people, and nothing leaves my computer. Nobody is graded, judged or disciplined by it. If you do not want to be read, write to me or switch your camera off: I leave you out, and you need not say why.</source>
        <translation>Dans cet appel, j’utilise sur mon ordinateur un programme qui devine, d’après les visages, à peu près combien d’entre nous ont l’air neutres, sourient, ou ont l’air tristes, effrayés ou en colère. Il me montre des nombres pour toute la classe et s’ils changent. Il se trompe souvent, et il ne sait pas ce que chacun ressent. Il ne garde que des nombres&#xa0;: aucune image, rien sur une seule personne, et rien ne quitte mon ordinateur. Personne n’est noté, jugé ou puni d’après lui. Si vous ne voulez pas être lu, écrivez-moi ou éteignez votre caméra&#xa0;: je vous laisse de côté, et vous n’avez pas à dire pourquoi.</translation>
    </message>
</context>
<context>
    <name>NoticeCard</name>
    <message>
        <source>Copied: paste it into the call&apos;s chat.</source>
        <translation>Copié&#xa0;: collez-le dans le chat de l’appel.</translation>
    </message>
    <message>
        <source>Copy the text</source>
        <translation>Copier le texte</translation>
    </message>
</context>
<context>
    <name>NoticePopover</name>
    <message>
        <source>What others were told</source>
        <translation>Ce qui a été dit aux autres</translation>
    </message>
</context>
<context>
    <name>OwnEnd</name>
    <message>
        <source>Nobody has been in sight for 15 minutes. The lesson ends in a minute.</source>
        <translation>Personne n’est visible depuis 15 minutes. Le cours se termine dans une minute.</translation>
    </message>
    <message>
        <source>The call’s window has been gone for 5 minutes. The lesson ends in a minute.</source>
        <translation>La fenêtre de l’appel a disparu depuis 5 minutes. Le cours se termine dans une minute.</translation>
    </message>
</context>
<context>
    <name>OwnRecording</name>
    <message>
        <source>A recording of yourself</source>
        <translation>Une vidéo de vous-même</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>I alone am seen in it</source>
        <translation>On n’y voit que moi</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Recordings of others stay off with your answers. One in which you alone are seen can be opened: you say so here, each time.</source>
        <translation>Avec vos réponses, les vidéos des autres restent désactivées. Une vidéo où l’on ne voit que vous peut être ouverte&#xa0;: vous le dites ici, à chaque fois.</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>ReadCard</name>
    <message>
        <source>Click your own tile then: it is left out, and counts nowhere</source>
        <translation>Cliquez ensuite sur votre vignette&#xa0;: elle est laissée de côté et ne compte nulle part</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Masquer</translation>
    </message>
    <message>
        <source>Show or hide what is read (Ctrl+L)</source>
        <translation>Afficher ou masquer ce qui est lu (Ctrl+L)</translation>
    </message>
    <message>
        <source>This is me…</source>
        <translation>C’est moi…</translation>
    </message>
    <message>
        <source>What is read</source>
        <translation>Ce qui est lu</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>another face</source>
        <translation>autre visage</translation>
    </message>
    <message>
        <source>blurred</source>
        <translation>flou</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>figé</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>partagé</translation>
    </message>
    <message>
        <source>still picture</source>
        <translation>image fixe</translation>
    </message>
    <message>
        <source>tilted</source>
        <translation>penché</translation>
    </message>
    <message>
        <source>too bright</source>
        <translation>trop clair</translation>
    </message>
    <message>
        <source>too dark</source>
        <translation>trop sombre</translation>
    </message>
    <message>
        <source>too small</source>
        <translation>trop petit</translation>
    </message>
    <message>
        <source>turned away</source>
        <translation>détourné</translation>
    </message>
    <message>
        <source>unclear</source>
        <translation>pas clair</translation>
    </message>
</context>
<context>
    <name>RecordingTurn</name>
    <message>
        <source>FER Desktop (not recording)</source>
        <translation>FER Desktop (rien n’est enregistré)</translation>
    </message>
</context>
<context>
    <name>RegionBar</name>
    <message>
        <source>A region is at least {least} × {least} px.</source>
        <translation>Une zone fait au moins {least} × {least} px.</translation>
    </message>
    <message>
        <source>An arrow key starts in the middle, Esc cancels.</source>
        <translation>Une flèche commence au milieu, Échap annule.</translation>
    </message>
    <message>
        <source>Arrows move it, {key}+arrows resize it, Enter uses it.</source>
        <translation>Les flèches la déplacent, {key}+flèches la redimensionnent, Entrée la prend.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Ctrl</translation>
    </message>
    <message>
        <source>Drag a rectangle around the faces.</source>
        <translation>Tracez un rectangle autour des visages.</translation>
    </message>
    <message>
        <source>Drag its edges to adjust it.</source>
        <translation>Tirez ses bords pour l’ajuster.</translation>
    </message>
    <message>
        <source>Drag its edges to enlarge it, Esc cancels.</source>
        <translation>Tirez ses bords pour l’agrandir, Échap annule.</translation>
    </message>
    <message>
        <source>Option</source>
        <translation>Option</translation>
    </message>
    <message>
        <source>Use this region</source>
        <translation>Prendre cette zone</translation>
    </message>
</context>
<context>
    <name>RegionOverlay</name>
    <message>
        <source>The screen cannot be shown because of a fault in the program; choose another source.</source>
        <translation>L’écran ne peut pas être montré à cause d’un défaut du programme&#xa0;; choisissez une autre source.</translation>
    </message>
</context>
<context>
    <name>RegionWindow</name>
    <message>
        <source>Choose a screen region</source>
        <translation>Choisir une zone de l’écran</translation>
    </message>
    <message>
        <source>Screen region</source>
        <translation>Zone de l’écran</translation>
    </message>
    <message>
        <source>{width} by {height} pixels, {left} from the left, {top} from the top</source>
        <translation>{width} sur {height} pixels, à {left} de la gauche, à {top} du haut</translation>
    </message>
    <message>
        <source>{width} × {height} px</source>
        <translation>{width} × {height} px</translation>
    </message>
</context>
<context>
    <name>RetentionLine</name>
    <message numerus="yes">
        <source>%n lessons will be erased with their CSV files when the next one begins or the program starts.</source>
        <translation>
            <numerusform>%n cours sera effacé avec son fichier CSV quand le prochain commencera ou que le programme démarrera.</numerusform>
            <numerusform>%n cours seront effacés avec leurs fichiers CSV quand le prochain commencera ou que le programme démarrera.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lessons will be erased within the next 7 days, with their CSV files, the first {day}.</source>
        <translation>
            <numerusform>%n cours sera effacé dans les 7 jours, avec son fichier CSV&#xa0;: {day}.</numerusform>
            <numerusform>%n cours seront effacés dans les 7 jours, avec leurs fichiers CSV, le premier&#xa0;: {day}.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 lesson will be erased with its CSV file when the next one begins or the program starts.</source>
        <translation>1 cours sera effacé avec son fichier CSV quand le prochain commencera ou que le programme démarrera.</translation>
    </message>
    <message>
        <source>1 lesson will be erased within the next 7 days, with its CSV file: {day}.</source>
        <translation>1 cours sera effacé dans les 7 jours, avec son fichier CSV&#xa0;: {day}.</translation>
    </message>
    <message>
        <source>Each will be erased then, with its CSV file.</source>
        <translation>Chacun sera effacé alors, avec son fichier CSV.</translation>
    </message>
    <message>
        <source>No lesson will be erased by itself.</source>
        <translation>Aucun cours ne sera effacé de lui-même.</translation>
    </message>
    <message>
        <source>The oldest lesson will be erased on {day}, with its CSV file.</source>
        <translation>Le cours le plus ancien sera effacé avec son fichier CSV&#xa0;: {day}.</translation>
    </message>
</context>
<context>
    <name>SavedDialog</name>
    <message>
        <source>&amp;Erase</source>
        <translation>&amp;Effacer</translation>
    </message>
    <message>
        <source>&amp;Erase its text</source>
        <translation>&amp;Effacer son texte</translation>
    </message>
    <message>
        <source>A lesson is being recorded: stop it first.</source>
        <translation>Un cours est en cours d’enregistrement&#xa0;: arrêtez-le d’abord.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Erase all lessons?</source>
        <translation>Effacer tous les cours&#xa0;?</translation>
    </message>
    <message>
        <source>Erase everything</source>
        <translation>Tout effacer</translation>
    </message>
    <message>
        <source>Erase everything…</source>
        <translation>Tout effacer…</translation>
    </message>
    <message>
        <source>Figures of the class, second by second, and what your markers say. No picture.</source>
        <translation>Les chiffres de la classe, seconde par seconde, et ce que disent vos repères. Aucune image.</translation>
    </message>
    <message>
        <source>No lesson is saved.</source>
        <translation>Aucun cours n’est enregistré.</translation>
    </message>
    <message>
        <source>Save as &amp;CSV…</source>
        <translation>Enregistrer en &amp;CSV…</translation>
    </message>
    <message>
        <source>Saved lessons</source>
        <translation>Cours enregistrés</translation>
    </message>
    <message>
        <source>Saved to {path}</source>
        <translation>Enregistré&#xa0;: {path}</translation>
    </message>
    <message>
        <source>This lesson is being recorded: stop it first.</source>
        <translation>Ce cours est en cours d’enregistrement&#xa0;: arrêtez-le d’abord.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler l’effacement</translation>
    </message>
    <message>
        <source>With their CSV files, as far as these are where they were written, and all backups. You can undo it for {seconds} seconds.</source>
        <translation>Avec leurs fichiers CSV, s’ils sont encore là où ils ont été écrits, et toutes les sauvegardes. Vous pouvez revenir en arrière pendant {seconds} secondes.</translation>
    </message>
</context>
<context>
    <name>SavedFlow</name>
    <message numerus="yes">
        <source>%n lessons were erased: they were kept for {days} days.</source>
        <translation>
            <numerusform>%n cours a été effacé&#xa0;: il était gardé {days} jours.</numerusform>
            <numerusform>%n cours ont été effacés&#xa0;: ils étaient gardés {days} jours.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lessons were erased: they were kept until the next start.</source>
        <translation>
            <numerusform>%n cours a été effacé&#xa0;: il était gardé jusqu’au prochain démarrage.</numerusform>
            <numerusform>%n cours ont été effacés&#xa0;: ils étaient gardés jusqu’au prochain démarrage.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 lesson was erased: it was kept for {days} days.</source>
        <translation>1 cours a été effacé&#xa0;: il était gardé {days} jours.</translation>
    </message>
    <message>
        <source>1 lesson was erased: it was kept until the next start.</source>
        <translation>1 cours a été effacé&#xa0;: il était gardé jusqu’au prochain démarrage.</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>Fichiers CSV (*.csv)</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message>
        <source>Save as CSV</source>
        <translation>Enregistrer en CSV</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Enregistrer en CSV…</translation>
    </message>
    <message>
        <source>Saved to {path}</source>
        <translation>Enregistré&#xa0;: {path}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler l’effacement</translation>
    </message>
    <message>
        <source>{offer} One of {count}.</source>
        <translation>{offer} Un sur {count}.</translation>
    </message>
</context>
<context>
    <name>SavedList</name>
    <message>
        <source>Kept until</source>
        <translation>Gardé jusqu’à</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Cours</translation>
    </message>
    <message>
        <source>Saved lessons</source>
        <translation>Cours enregistrés</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>after {length}</source>
        <translation>après {length}</translation>
    </message>
</context>
<context>
    <name>SavedSessions</name>
    <message>
        <source>, </source>
        <comment>between words</comment>
        <translation>, </translation>
    </message>
    <message>
        <source>A copy that you saved is left: {file}</source>
        <translation>Une copie que vous avez enregistrée reste&#xa0;: {file}</translation>
    </message>
    <message>
        <source>All lessons are erased.</source>
        <translation>Tous les cours sont effacés.</translation>
    </message>
    <message>
        <source>Kept with your lessons until {day}.</source>
        <translation>Gardé avec vos cours&#xa0;; échéance&#xa0;: {day}.</translation>
    </message>
    <message>
        <source>No figures of this lesson are left here. Its CSV file is {file}</source>
        <translation>Il n’y a plus de chiffres de ce cours ici. Son fichier CSV est {file}</translation>
    </message>
    <message>
        <source>No figures of this lesson are left.</source>
        <translation>Il n’y a plus de chiffres de ce cours.</translation>
    </message>
    <message>
        <source>The lesson of {day} was erased. Its CSV file was moved or changed: erase it yourself if you want to: {file}</source>
        <comment>day is a date, or a word such as today</comment>
        <translation>Le cours ({day}) a été effacé. Son fichier CSV a été déplacé ou modifié&#xa0;: effacez-le vous-même si vous le voulez&#xa0;: {file}</translation>
    </message>
    <message>
        <source>The marker&apos;s text is still in {file}</source>
        <translation>Le texte du repère est encore dans {file}</translation>
    </message>
    <message>
        <source>What the marker says is erased.</source>
        <translation>Le texte du repère est effacé.</translation>
    </message>
    <message>
        <source>ended unexpectedly</source>
        <translation>fin inattendue</translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>pour toujours</translation>
    </message>
    <message>
        <source>no figures</source>
        <translation>pas de chiffres</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>en cours</translation>
    </message>
    <message>
        <source>the next lesson or start</source>
        <translation>prochain cours ou démarrage</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <comment>day and time</comment>
        <translation>{day}, {time}</translation>
    </message>
    <message>
        <source>“{name}” ended unexpectedly {day} at {time}.
Its first {length} were saved, up to the second before.</source>
        <comment>day is a word such as today, or a date</comment>
        <translation>«&#xa0;{name}&#xa0;» s’est terminé de façon inattendue ({day}, {time}).
Ses premières données ({length}) ont été enregistrées, jusqu’à la seconde d’avant.</translation>
    </message>
    <message>
        <source>“{name}” ended unexpectedly.</source>
        <translation>«&#xa0;{name}&#xa0;» s’est terminé de façon inattendue.</translation>
    </message>
    <message>
        <source>“{name}” is erased.</source>
        <translation>«&#xa0;{name}&#xa0;» est effacé.</translation>
    </message>
</context>
<context>
    <name>SeatSelection</name>
    <message>
        <source>Bring back</source>
        <translation>Faire revenir</translation>
    </message>
    <message>
        <source>Bring everybody back</source>
        <translation>Faire revenir tout le monde</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Laisser de côté</translation>
    </message>
    <message>
        <source>This is me</source>
        <translation>C’est moi</translation>
    </message>
    <message>
        <source>camera off</source>
        <translation>caméra éteinte</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>laissé de côté</translation>
    </message>
    <message>
        <source>you</source>
        <comment>the user&apos;s own tile</comment>
        <translation>vous</translation>
    </message>
    <message>
        <source>{target}; Space brings it back</source>
        <translation>{target}&#xa0;; Espace le fait revenir</translation>
    </message>
    <message>
        <source>{target}; Space leaves it out</source>
        <translation>{target}&#xa0;; Espace le laisse de côté</translation>
    </message>
    <message>
        <source>{target}; Space says that this is you</source>
        <translation>{target}&#xa0;; Espace dit que c’est vous</translation>
    </message>
</context>
<context>
    <name>SecondWindow</name>
    <message>
        <source>&amp;Go on without recording</source>
        <translation>&amp;Continuer sans enregistrer</translation>
    </message>
    <message>
        <source>&amp;Show the other window</source>
        <translation>&amp;Afficher l’autre fenêtre</translation>
    </message>
    <message>
        <source>FER Desktop is open already</source>
        <translation>FER Desktop est déjà ouvert</translation>
    </message>
    <message>
        <source>One window at a time records. You can look at a class in a second one, but nothing of it is kept as long as the first is open.</source>
        <translation>Une seule fenêtre enregistre à la fois. Vous pouvez regarder une classe dans une seconde, mais rien n’en est gardé tant que la première est ouverte.</translation>
    </message>
    <message>
        <source>The other window does not answer. It may be busy: try once more, or go on without recording.</source>
        <translation>L’autre fenêtre ne répond pas. Elle est peut-être occupée&#xa0;: réessayez, ou continuez sans enregistrer.</translation>
    </message>
</context>
<context>
    <name>SessionMessages</name>
    <message>
        <source>Copy the path</source>
        <translation>Copier le chemin</translation>
    </message>
    <message>
        <source>End now</source>
        <translation>Terminer maintenant</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>Les laisser de côté</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>Nouvelle séance</translation>
    </message>
    <message>
        <source>No program here can show a folder. The file is {path}</source>
        <translation>Aucun programme ici ne peut montrer un dossier. Le fichier est {path}</translation>
    </message>
    <message>
        <source>Nothing is recorded in this window: the other one does that.</source>
        <translation>Rien n’est enregistré dans cette fenêtre&#xa0;: l’autre s’en charge.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>Saved lessons…</source>
        <translation>Cours enregistrés…</translation>
    </message>
    <message>
        <source>Saved to {path}</source>
        <translation>Enregistré&#xa0;: {path}</translation>
    </message>
    <message>
        <source>The session is over. Nothing of it was recorded.</source>
        <translation>La séance est finie. Rien n’en a été enregistré.</translation>
    </message>
    <message>
        <source>The session is saved with your lessons.</source>
        <translation>La séance est enregistrée avec vos cours.</translation>
    </message>
    <message>
        <source>This session is not recorded. The next one is.</source>
        <translation>Cette séance n’est pas enregistrée. La suivante le sera.</translation>
    </message>
    <message>
        <source>This window covers a part of what is read, and that part is left out: move it aside.</source>
        <translation>Cette fenêtre couvre une partie de ce qui est lu, et cette partie est omise&#xa0;: écartez-la.</translation>
    </message>
    <message numerus="yes">
        <source>{problem} %n seconds wait to be saved.</source>
        <translation>
            <numerusform>{problem} %n seconde attend d’être enregistrée.</numerusform>
            <numerusform>{problem} %n secondes attendent d’être enregistrées.</numerusform>
        </translation>
    </message>
    <message>
        <source>{problem} 1 second waits to be saved.</source>
        <translation>{problem} 1 seconde attend d’être enregistrée.</translation>
    </message>
    <message>
        <source>{problem} The session goes on, and what is not saved waits in memory.</source>
        <translation>{problem} La séance continue, et ce qui n’est pas enregistré attend en mémoire.</translation>
    </message>
    <message>
        <source>{reason} What came before is saved to {path}</source>
        <translation>{reason} Ce qui précède est enregistré&#xa0;: {path}</translation>
    </message>
    <message>
        <source>{reason} {saved}</source>
        <translation>{reason} {saved}</translation>
    </message>
</context>
<context>
    <name>SessionPage</name>
    <message>
        <source>Loading the model</source>
        <translation>Chargement du modèle</translation>
    </message>
    <message>
        <source>Nothing is read until you resume.</source>
        <translation>Rien n’est lu jusqu’à la reprise.</translation>
    </message>
    <message>
        <source>Opening the source</source>
        <translation>Ouverture de la source</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Reading the first picture</source>
        <translation>Lecture de la première image</translation>
    </message>
    <message>
        <source>Saving the session</source>
        <translation>Enregistrement de la séance</translation>
    </message>
    <message>
        <source>Session ended</source>
        <translation>Séance terminée</translation>
    </message>
    <message>
        <source>Share of the class</source>
        <translation>Part de la classe</translation>
    </message>
    <message>
        <source>Share of the faces</source>
        <translation>Part des visages</translation>
    </message>
    <message>
        <source>Source lost, trying again</source>
        <translation>Source perdue, nouvel essai</translation>
    </message>
    <message>
        <source>The detector and the network are read once a session.</source>
        <translation>Le détecteur et le réseau sont lus une fois par séance.</translation>
    </message>
    <message>
        <source>The pictures are gone, the figures are kept.</source>
        <translation>Les images ont disparu, les chiffres sont gardés.</translation>
    </message>
    <message>
        <source>Waiting for the first picture</source>
        <translation>En attente de la première image</translation>
    </message>
    <message>
        <source>Waiting: another window covers the call</source>
        <translation>En attente&#xa0;: une autre fenêtre couvre l’appel</translation>
    </message>
    <message>
        <source>Waiting: the call&apos;s window is not shown</source>
        <translation>En attente&#xa0;: la fenêtre de l’appel n’est pas visible</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>A session is running: recognition, faces and speed change with the next one.</source>
        <translation>Une séance est en cours&#xa0;: reconnaissance, visages et vitesse changeront à la suivante.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>Valeurs par défaut</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>S’applique au prochain démarrage.</translation>
    </message>
    <message>
        <source>This network cannot be used: choose another, or empty the field for the built-in one.</source>
        <translation>Ce réseau ne peut pas servir&#xa0;: choisissez-en un autre, ou videz le champ pour celui du programme.</translation>
    </message>
    <message>
        <source>{label}: choose a {suffix} file of {kind}, or empty the field.</source>
        <translation>{label}&#xa0;: choisissez un fichier {suffix} de {kind}, ou videz le champ.</translation>
    </message>
</context>
<context>
    <name>SettingsQuestion</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Or start with the defaults; the file is then renamed to {name}.</source>
        <translation>Ou commencez avec les valeurs par défaut&#xa0;; le fichier est alors renommé {name}.</translation>
    </message>
    <message>
        <source>Start with the defaults</source>
        <translation>Commencer avec les valeurs par défaut</translation>
    </message>
</context>
<context>
    <name>ShareRows</name>
    <message>
        <source>{name}: {number} of 100</source>
        <translation>{name}&#xa0;: {number} sur 100</translation>
    </message>
</context>
<context>
    <name>Source</name>
    <message>
        <source>Camera {number}</source>
        <translation>Caméra {number}</translation>
    </message>
    <message>
        <source>Demo class</source>
        <translation>Classe de démo</translation>
    </message>
    <message>
        <source>Part of the screen · {width} × {height} px</source>
        <translation>Partie de l’écran · {width} × {height} px</translation>
    </message>
    <message>
        <source>the stream</source>
        <translation>le flux</translation>
    </message>
</context>
<context>
    <name>SourceFlow</name>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>Dossier d’images</translation>
    </message>
    <message>
        <source>Recording or pictures</source>
        <translation>Vidéo ou images</translation>
    </message>
    <message>
        <source>Recordings and pictures ({patterns})</source>
        <translation>Vidéos et images ({patterns})</translation>
    </message>
</context>
<context>
    <name>Squares</name>
    <message>
        <source>Faces now</source>
        <translation>Visages maintenant</translation>
    </message>
    <message>
        <source>Not of this moment: {faces}</source>
        <translation>Pas de ce moment&#xa0;: {faces}</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>A class of generated faces</source>
        <translation>Une classe de visages générés</translation>
    </message>
    <message>
        <source>An HTTP or RTSP address</source>
        <translation>Une adresse HTTP ou RTSP</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Caméra</translation>
    </message>
    <message>
        <source>Choose a file, or drop one here</source>
        <translation>Choisissez un fichier, ou déposez-le ici</translation>
    </message>
    <message>
        <source>Choose the call&apos;s window</source>
        <translation>Choisissez la fenêtre de l’appel</translation>
    </message>
    <message>
        <source>Draw around the faces of a call</source>
        <translation>Entourez les visages d’un appel</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Dernière utilisée</translation>
    </message>
    <message>
        <source>Looking for cameras</source>
        <translation>Recherche de caméras</translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation>Aucune caméra trouvée</translation>
    </message>
    <message>
        <source>Only figures of the class are kept. No picture is saved, and nothing leaves this computer.</source>
        <translation>Seuls les chiffres de la classe sont gardés. Aucune image n’est enregistrée, et rien ne quitte cet ordinateur.</translation>
    </message>
    <message>
        <source>Part of the screen</source>
        <translation>Partie de l’écran</translation>
    </message>
    <message>
        <source>Plug one in, then press here</source>
        <translation>Branchez-en une, puis appuyez ici</translation>
    </message>
    <message>
        <source>Recording or pictures</source>
        <translation>Vidéo ou images</translation>
    </message>
    <message>
        <source>Same part of the screen</source>
        <translation>Même partie de l’écran</translation>
    </message>
    <message>
        <source>Still none. Plug one in, then press here</source>
        <translation>Toujours rien. Branchez, puis appuyez ici</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Flux</translation>
    </message>
    <message>
        <source>What do you want to look at?</source>
        <translation>Que voulez-vous regarder&#xa0;?</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenêtre</translation>
    </message>
    <message>
        <source>Your lessons</source>
        <translation>Vos cours</translation>
    </message>
    <message>
        <source>{width} × {height} px, as last time</source>
        <translation>{width} × {height} px, comme la dernière fois</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source> · </source>
        <comment>between figures</comment>
        <translation> · </translation>
    </message>
    <message numerus="yes">
        <source>%n dropped</source>
        <translation>
            <numerusform>%n perdue</numerusform>
            <numerusform>%n perdues</numerusform>
        </translation>
    </message>
    <message>
        <source>CPU {percent} %</source>
        <translation>CPU {percent}&#xa0;%</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Démarrage</translation>
    </message>
    <message>
        <source>fps in: frames from the source. Updates: frames that were read; held back where more of them would take more of the processor than the settings leave to this program beside the call. Dropped: updates that came too late because the one before was still being read. Then the time from a frame to its reading, and this program&apos;s share of the processor.</source>
        <translation>im./s&#xa0;: les images venues de la source. Analyses&#xa0;: les images lues&#xa0;; freinées quand davantage prendrait plus de processeur que les paramètres n’en laissent à ce programme à côté de l’appel. Perdues&#xa0;: celles venues trop tard, car la précédente était encore en lecture. Puis le temps d’une image à sa lecture, et la part du processeur que prend ce programme.</translation>
    </message>
    <message>
        <source>{hz} fps in</source>
        <translation>{hz} im./s</translation>
    </message>
    <message>
        <source>{hz} updates/s</source>
        <translation>{hz} analyses/s</translation>
    </message>
    <message>
        <source>{hz} updates/s, held back</source>
        <translation>{hz} analyses/s, freinées</translation>
    </message>
    <message>
        <source>{latency} ms</source>
        <translation>{latency} ms</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>{step} of {count}</source>
        <translation>{step} sur {count}</translation>
    </message>
</context>
<context>
    <name>StreamDialog</name>
    <message>
        <source>Address of the stream</source>
        <translation>Adresse du flux</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>It begins with http://, https:// or rtsp://</source>
        <translation>Elle commence par http://, https:// ou rtsp://</translation>
    </message>
    <message>
        <source>Open stream</source>
        <translation>Ouvrir le flux</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Flux</translation>
    </message>
</context>
<context>
    <name>TellingPage</name>
    <message>
        <source>Before you begin, put this into the call&apos;s chat, and say it too. Whoever does not want to be read is left out, no reason asked.</source>
        <translation>Avant de commencer, mettez ceci dans le chat de l’appel, et dites-le aussi. Qui ne veut pas être lu est laissé de côté, sans avoir à dire pourquoi.</translation>
    </message>
    <message>
        <source>Telling the class</source>
        <translation>Prévenir la classe</translation>
    </message>
    <message>
        <source>The demo class</source>
        <translation>La classe de démo</translation>
    </message>
    <message>
        <source>Twenty-five generated faces, none of them a real person. Try the program on them at any time.</source>
        <translation>Vingt-cinq visages générés, dont aucun n’est une vraie personne. Essayez le programme sur eux quand vous voulez.</translation>
    </message>
    <message>
        <source>With your answers no class is read, so there is nobody to tell. You can look at the demo class.</source>
        <translation>Avec vos réponses, aucune classe n’est lue, il n’y a donc personne à prévenir. Vous pouvez regarder la classe de démo.</translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message>
        <source>d MMMM</source>
        <comment>format of a day, as Qt writes it</comment>
        <translation>d MMMM</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>format of a day of another year, as Qt writes it</comment>
        <translation>d MMMM yyyy</translation>
    </message>
    <message>
        <source>today</source>
        <translation>aujourd’hui</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>demain</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>hier</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
</context>
<context>
    <name>ToldTick</name>
    <message>
        <source>The class has been told</source>
        <translation>La classe a été prévenue</translation>
    </message>
    <message>
        <source>What others were told</source>
        <translation>Ce qui a été dit aux autres</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>FER Desktop: {words}</source>
        <translation>FER Desktop&#xa0;: {words}</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Repère</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>Afficher la fenêtre</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pause</translation>
    </message>
</context>
<context>
    <name>TrendView</name>
    <message numerus="yes">
        <source>%n faces are read; their figures are withheld.</source>
        <translation>
            <numerusform>%n visage est lu&#xa0;; ses chiffres ne sont pas montrés.</numerusform>
            <numerusform>%n visages sont lus&#xa0;; leurs chiffres ne sont pas montrés.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 face is read; its figures are withheld.</source>
        <translation>1 visage est lu&#xa0;; ses chiffres ne sont pas montrés.</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1 min</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 min</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>Revenir à maintenant</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Les deux</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Courbes</translation>
    </message>
    <message>
        <source>From {least} faces on they are of a class.</source>
        <translation>À partir de {least} visages, ce sont ceux d’une classe.</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Part</translation>
    </message>
    <message>
        <source>Share of the class</source>
        <translation>Part de la classe</translation>
    </message>
    <message>
        <source>Share of the class over time</source>
        <translation>Part de la classe au fil du temps</translation>
    </message>
    <message>
        <source>Show both</source>
        <translation>Afficher les deux</translation>
    </message>
    <message>
        <source>Show curves</source>
        <translation>Afficher les courbes</translation>
    </message>
    <message>
        <source>Show share</source>
        <translation>Afficher la part</translation>
    </message>
    <message>
        <source>Show the last 1 min</source>
        <translation>Afficher la dernière minute (1 min)</translation>
    </message>
    <message>
        <source>Show the last 15 min</source>
        <translation>Afficher les 15 dernières min</translation>
    </message>
    <message>
        <source>Show the last 5 min</source>
        <translation>Afficher les 5 dernières min</translation>
    </message>
    <message>
        <source>Show the whole session</source>
        <translation>Afficher toute la séance</translation>
    </message>
    <message>
        <source>The class over time appears here as soon as a face is read.</source>
        <translation>L’évolution de la classe apparaît ici dès qu’un visage est lu.</translation>
    </message>
    <message>
        <source>Trend of the class</source>
        <translation>Évolution de la classe</translation>
    </message>
</context>
<context>
    <name>WindowDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>It is followed when it moves. What lies over it is not read: the session waits and says so.</source>
        <translation>Elle est suivie quand elle bouge. Ce qui la couvre n’est pas lu&#xa0;: la séance attend et le dit.</translation>
    </message>
    <message>
        <source>No window looks like a call. Start the call and press Refresh, or choose the one that shows it.</source>
        <translation>Aucune fenêtre ne ressemble à un appel. Commencez l’appel et appuyez sur «&#xa0;Actualiser&#xa0;», ou choisissez celle qui le montre.</translation>
    </message>
    <message>
        <source>No window of another program is open</source>
        <translation>Aucune fenêtre d’un autre programme n’est ouverte</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Actualiser</translation>
    </message>
    <message>
        <source>Search again (F5)</source>
        <translation>Chercher de nouveau (F5)</translation>
    </message>
    <message>
        <source>Start the call, then press Refresh.</source>
        <translation>Commencez l’appel, puis appuyez sur «&#xa0;Actualiser&#xa0;».</translation>
    </message>
    <message>
        <source>The windows cannot be listed</source>
        <translation>Les fenêtres ne peuvent pas être listées</translation>
    </message>
    <message>
        <source>Use this window</source>
        <translation>Prendre cette fenêtre</translation>
    </message>
    <message>
        <source>Which window shows the call?</source>
        <translation>Quelle fenêtre montre l’appel&#xa0;?</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenêtre</translation>
    </message>
</context>
<context>
    <name>WindowPreview</name>
    <message>
        <source>Black where other windows lie over it now. It is read as soon as it lies free.</source>
        <translation>Noir là où d’autres fenêtres la couvrent. Elle sera lue dès qu’elle sera dégagée.</translation>
    </message>
    <message>
        <source>Other windows lie over it now.
It is read as soon as it lies free.</source>
        <translation>D’autres fenêtres la couvrent.
Elle sera lue dès qu’elle sera dégagée.</translation>
    </message>
    <message>
        <source>Picture of the window</source>
        <translation>Image de la fenêtre</translation>
    </message>
</context>
<context>
    <name>WindowRows</name>
    <message>
        <source>Call</source>
        <translation>Appel</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Dernière utilisée</translation>
    </message>
    <message>
        <source>Open windows</source>
        <translation>Fenêtres ouvertes</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>, </source>
        <comment>between the phrases of a list</comment>
        <translation>, </translation>
    </message>
    <message>
        <source>. </source>
        <comment>between sentences</comment>
        <translation>. </translation>
    </message>
</context>
<context>
    <name>_Welcome</name>
    <message>
        <source>How does the class look?</source>
        <translation>De quoi la classe a-t-elle l’air&#xa0;?</translation>
    </message>
    <message>
        <source>Open your video call with the gallery of faces, then start: the call&apos;s window is found by itself. You see in a second what most faces show and whether it has changed. Or look at a made-up class first.</source>
        <translation>Ouvrez votre appel vidéo avec la galerie des visages, puis commencez&#xa0;: la fenêtre de l’appel est trouvée toute seule. Vous voyez en une seconde ce que montrent la plupart des visages et si cela a changé. Ou regardez d’abord une classe inventée.</translation>
    </message>
    <message>
        <source>See the demo class</source>
        <translation>Voir la classe de démo</translation>
    </message>
    <message>
        <source>Start a lesson</source>
        <translation>Commencer un cours</translation>
    </message>
</context>
</TS>
