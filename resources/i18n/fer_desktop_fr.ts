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
        <source>Mark</source>
        <translation>Marquer</translation>
    </message>
    <message>
        <source>Mark this moment</source>
        <translation>Marquer ce moment</translation>
    </message>
    <message>
        <source>Marks the moment of the alert, not this one</source>
        <translation>Marque le moment de l’alerte, pas celui-ci</translation>
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
        <source>Noted: not useful</source>
        <translation>Noté&#xa0;: pas utile</translation>
    </message>
    <message>
        <source>Noted: useful</source>
        <translation>Noté&#xa0;: utile</translation>
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
    <name>AliasDelegate</name>
    <message>
        <source>Alias of {seat}</source>
        <translation>Surnom de {seat}</translation>
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
    <name>BackupDialog</name>
    <message numerus="yes">
        <source>%n lessons are in {path}</source>
        <translation>
            <numerusform>%n cours est dans {path}</numerusform>
            <numerusform>%n cours sont dans {path}</numerusform>
        </translation>
    </message>
    <message>
        <source>1 lesson is in {path}</source>
        <translation>1 cours est dans {path}</translation>
    </message>
    <message>
        <source>All lessons go into one file, for a new computer or a safe place. Settings do not. Whoever has the file can read it.</source>
        <translation>Tous les cours vont dans un fichier, pour un nouvel ordinateur ou un endroit sûr, mais pas les paramètres. Qui a le fichier peut le lire.</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>Sauvegarder</translation>
    </message>
    <message>
        <source>Back up all lessons</source>
        <translation>Sauvegarder tous les cours</translation>
    </message>
    <message>
        <source>Backing up…</source>
        <translation>Sauvegarde…</translation>
    </message>
    <message>
        <source>Folder of the backup</source>
        <translation>Dossier de la sauvegarde</translation>
    </message>
</context>
<context>
    <name>ClassAndFacts</name>
    <message>
        <source>Class of the lesson</source>
        <translation>Classe du cours</translation>
    </message>
    <message>
        <source>Class, such as 9b</source>
        <translation>Classe, par exemple 3e B</translation>
    </message>
    <message>
        <source>Class: {class_name}</source>
        <translation>Classe&#xa0;: {class_name}</translation>
    </message>
    <message>
        <source>Class…</source>
        <translation>Classe…</translation>
    </message>
    <message>
        <source>No class yet</source>
        <translation>Pas encore de classe</translation>
    </message>
    <message>
        <source>Say which class it was (Shift+F2)</source>
        <translation>Indiquez quelle classe c’était (Maj+F2)</translation>
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
    <name>ClassSizeField</name>
    <message>
        <source>How many are in the class, whether or not the call shows them all</source>
        <translation>Combien ils sont dans la classe, que l’appel les montre tous ou non</translation>
    </message>
    <message>
        <source>How many are in this class</source>
        <translation>Combien ils sont dans cette classe</translation>
    </message>
    <message>
        <source>In class: </source>
        <comment>before a number</comment>
        <translation>En classe&#xa0;: </translation>
    </message>
    <message>
        <source>In class: ?</source>
        <translation>En classe&#xa0;:&#xa0;?</translation>
    </message>
</context>
<context>
    <name>CompareChart</name>
    <message>
        <source>Both lessons, as a chart</source>
        <translation>Les deux cours, en graphique</translation>
    </message>
    <message>
        <source>Sad, afraid or angry</source>
        <translation>Tristes, effrayés ou en colère</translation>
    </message>
    <message>
        <source>Smiling</source>
        <translation>Souriants</translation>
    </message>
    <message>
        <source>all</source>
        <translation>tous</translation>
    </message>
    <message>
        <source>half</source>
        <translation>moitié</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>surprised</source>
        <translation>surpris</translation>
    </message>
</context>
<context>
    <name>CompareChoice</name>
    <message>
        <source>{day}, {time}</source>
        <translation>{day}, {time}</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Aligned by</source>
        <translation>Aligné sur</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Compare &amp;with</source>
        <translation>Comparer a&amp;vec</translation>
    </message>
    <message>
        <source>Compare lessons</source>
        <translation>Comparer des cours</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Comparer avec</translation>
    </message>
    <message>
        <source>Laid over one another by markers of the same name</source>
        <translation>Superposés selon les repères de même nom</translation>
    </message>
    <message>
        <source>Laid over one another by time</source>
        <translation>Superposés selon le temps</translation>
    </message>
    <message>
        <source>Markers</source>
        <translation>Repères</translation>
    </message>
    <message>
        <source>Means over 30 s, of the faces read. Point at the chart for what both show.</source>
        <translation>Moyennes sur 30 s, des visages lus. Pointez le graphique pour voir les valeurs des deux.</translation>
    </message>
    <message>
        <source>Other faces, other light: a difference is no verdict on a lesson or a class.</source>
        <translation>D’autres visages, une autre lumière&#xa0;: une différence n’est pas un jugement sur un cours ou une classe.</translation>
    </message>
    <message>
        <source>Reading the lessons…</source>
        <translation>Lecture des cours…</translation>
    </message>
    <message>
        <source>There is no other lesson to compare with.</source>
        <translation>Il n’y a pas d’autre cours à comparer.</translation>
    </message>
    <message>
        <source>This lesson is no longer stored.</source>
        <translation>Ce cours n’est plus enregistré.</translation>
    </message>
    <message>
        <source>This lesson: {lesson}</source>
        <translation>Ce cours&#xa0;: {lesson}</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Usual of {class_name}</source>
        <translation>D’habitude dans {class_name}</translation>
    </message>
</context>
<context>
    <name>CompareWords</name>
    <message>
        <source>Another difference from {begin} to {end}</source>
        <translation>Une autre différence de {begin} à {end}</translation>
    </message>
    <message>
        <source>about {count} of {faces} smiling</source>
        <translation>environ {count} sur {faces} sourient</translation>
    </message>
    <message>
        <source>nothing read</source>
        <translation>rien lu</translation>
    </message>
    <message>
        <source>{count} sad, afraid or angry</source>
        <translation>{count} tristes, effrayés ou en colère</translation>
    </message>
    <message>
        <source>{count} surprised</source>
        <translation>{count} surpris</translation>
    </message>
    <message>
        <source>{time}. This lesson: {here}. The other lesson: {there}</source>
        <translation>{time}. Ce cours&#xa0;: {here}. L’autre cours&#xa0;: {there}</translation>
    </message>
    <message>
        <source>{time}. This lesson: {here}. Usually: {there}</source>
        <translation>{time}. Ce cours&#xa0;: {here}. D’habitude&#xa0;: {there}</translation>
    </message>
    <message>
        <source>{time}. This lesson: {values}</source>
        <translation>{time}. Ce cours&#xa0;: {values}</translation>
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
        <source>%n not in view</source>
        <translation>
            <numerusform>%n hors champ</numerusform>
            <numerusform>%n hors champ</numerusform>
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
        <source>%n turned away</source>
        <translation>
            <numerusform>%n détourné</numerusform>
            <numerusform>%n détournés</numerusform>
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
        <source>About {readable} of %n cameras were read</source>
        <translation>
            <numerusform>Environ {readable} caméra sur %n a été lue</numerusform>
            <numerusform>Environ {readable} caméras sur %n ont été lues</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About {readable} of %n faces were read</source>
        <translation>
            <numerusform>Environ {readable} visage sur %n a été lu</numerusform>
            <numerusform>Environ {readable} visages sur %n ont été lus</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About {readable} of %n in the class were read</source>
        <translation>
            <numerusform>Environ {readable} sur %n de la classe a été lu</numerusform>
            <numerusform>Environ {readable} sur %n de la classe ont été lus</numerusform>
        </translation>
    </message>
    <message>
        <source>About {readable} of 1 camera was read</source>
        <translation>Environ {readable} caméra sur 1 a été lue</translation>
    </message>
    <message>
        <source>About {readable} of 1 face was read</source>
        <translation>Environ {readable} visage sur 1 a été lu</translation>
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
    <message numerus="yes">
        <source>{readable} of %n in the class are read</source>
        <translation>
            <numerusform>{readable} sur %n de la classe est lu</numerusform>
            <numerusform>{readable} sur %n de la classe sont lus</numerusform>
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
        <source>Nothing was read</source>
        <translation>Rien n’a été lu</translation>
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
        <source>just now {reasons}</source>
        <translation>en ce moment {reasons}</translation>
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
    <name>Editing</name>
    <message>
        <source>“{name}” could not be changed. {reason}</source>
        <translation>«&#xa0;{name}&#xa0;» n’a pas pu être modifié. {reason}</translation>
    </message>
</context>
<context>
    <name>EmptyTiles</name>
    <message>
        <source>{chosen} of {many} chosen: go to the picture</source>
        <translation>{chosen} sur {many} choisis&#xa0;: aller à l’image</translation>
    </message>
</context>
<context>
    <name>EndedLesson</name>
    <message>
        <source>Whoever was left out before Stop is read again: leave them out once more.</source>
        <translation>Les personnes écartées avant l’arrêt sont de nouveau lues&#xa0;: écartez-les encore une fois.</translation>
    </message>
</context>
<context>
    <name>Erasing</name>
    <message>
        <source>The lesson could not be erased. {reason}</source>
        <translation>Le cours n’a pas pu être effacé. {reason}</translation>
    </message>
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
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>%n files saved.</source>
        <translation>
            <numerusform>%n fichier enregistré.</numerusform>
            <numerusform>%n fichiers enregistrés.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lessons</source>
        <translation>
            <numerusform>%n cours</numerusform>
            <numerusform>%n cours</numerusform>
        </translation>
    </message>
    <message>
        <source>A file for each of them.</source>
        <translation>Un fichier pour chacun.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>In the &amp;folder</source>
        <translation>Dans le &amp;dossier</translation>
    </message>
    <message>
        <source>Of a class, means are of 30 seconds, and one or two sad, afraid or angry faces are left out: so small a number could tell of one child.</source>
        <translation>D’une classe, les moyennes portent sur 30 secondes, et un ou deux visages tristes, apeurés ou en colère sont omis&#xa0;: un si petit nombre pourrait désigner un enfant.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>Enregistrer une copie</translation>
    </message>
    <message>
        <source>Saved to {path}</source>
        <translation>Enregistré dans {path}</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Enregistrement…</translation>
    </message>
    <message>
        <source>Stopped: nothing was saved.</source>
        <translation>Arrêté&#xa0;: rien n’a été enregistré.</translation>
    </message>
    <message>
        <source>This lesson is no longer stored.</source>
        <translation>Ce cours n’est plus enregistré.</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <comment>day and time</comment>
        <translation>{day}, {time}</translation>
    </message>
    <message>
        <source>{saved} of {all} files saved, and these are whole.</source>
        <translation>{saved} fichiers sur {all} enregistrés, et complets.</translation>
    </message>
</context>
<context>
    <name>Expression</name>
    <message>
        <source>afraid</source>
        <translation>effrayé</translation>
    </message>
    <message>
        <source>angry</source>
        <translation>en colère</translation>
    </message>
    <message>
        <source>disgust</source>
        <translation>dégoûté</translation>
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
        <source>smiling</source>
        <translation>souriant</translation>
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
    <name>GlanceHead</name>
    <message>
        <source>Demo class: nobody in it is real.</source>
        <translation>Classe de démonstration&#xa0;: personne n’y est réel.</translation>
    </message>
</context>
<context>
    <name>GlancePanel</name>
    <message>
        <source>Figures from so few faces would describe individual people, not a class.</source>
        <translation>Des chiffres tirés de si peu de visages décriraient des personnes, non une classe.</translation>
    </message>
    <message>
        <source>Nothing of it is kept here.</source>
        <translation>Il n’en reste rien ici.</translation>
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
        <source>Squares appear again as soon as somebody is in sight.</source>
        <translation>Les carrés reviennent dès que quelqu’un est visible.</translation>
    </message>
    <message>
        <source>The class at a glance</source>
        <translation>La classe en un coup d’œil</translation>
    </message>
    <message>
        <source>The lesson has ended. Its course is kept below.</source>
        <translation>Le cours est terminé. Son déroulement reste ci-dessous.</translation>
    </message>
    <message>
        <source>The lesson is erased</source>
        <translation>Le cours est effacé</translation>
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
        <source>%n neutral or other</source>
        <translation>
            <numerusform>%n neutre ou autre</numerusform>
            <numerusform>%n neutres ou autres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not read</source>
        <translation>
            <numerusform>%n non lu</numerusform>
            <numerusform>%n non lus</numerusform>
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
        <source>neutral or other</source>
        <translation>neutres ou autres</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>non lu</translation>
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
        <source>Back to your lessons (Ctrl+N)</source>
        <translation>Retour à vos cours (Ctrl+N)</translation>
    </message>
    <message>
        <source>End the session and save it (Ctrl+E)</source>
        <translation>Terminer la séance et l’enregistrer (Ctrl+E)</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Go on with this lesson as if it had not been stopped (Ctrl+Shift+E)</source>
        <translation>Continuer ce cours comme s’il n’avait pas été arrêté (Ctrl+Maj+E)</translation>
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
        <source>New lesson</source>
        <translation>Nouveau cours</translation>
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
    <name>HelpPages</name>
    <message>
        <source>Key</source>
        <translation>Touche</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Ce qu’elle fait</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>Aide</translation>
    </message>
    <message>
        <source>No page has all these words.</source>
        <translation>Aucune page ne contient tous ces mots.</translation>
    </message>
    <message>
        <source>Pages of help</source>
        <translation>Pages d’aide</translation>
    </message>
    <message>
        <source>Reading how often it is wrong</source>
        <translation>Lecture de la fréquence des erreurs</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Search in the pages of help</source>
        <translation>Rechercher dans les pages d’aide</translation>
    </message>
</context>
<context>
    <name>Home</name>
    <message>
        <source>kept until {day}</source>
        <translation>conservé jusqu’à&#xa0;: {day}</translation>
    </message>
    <message>
        <source>marker “{text}”</source>
        <translation>repère «&#xa0;{text}&#xa0;»</translation>
    </message>
    <message>
        <source>most smiling after {length}</source>
        <translation>le plus de sourires après {length}</translation>
    </message>
    <message>
        <source>no face was read</source>
        <translation>aucun visage lu</translation>
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
        <source>recovered</source>
        <comment>of a lesson that a crash ended</comment>
        <translation>récupéré</translation>
    </message>
    <message>
        <source>{faces} of {cameras} read</source>
        <comment>faces read, of cameras that were on</comment>
        <translation>{faces} sur {cameras} lus</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Draw a region</source>
        <translation>Tracer une zone</translation>
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
    <name>ImportDialog</name>
    <message>
        <source>A &amp;class, or others</source>
        <translation>Une &amp;classe, ou d’autres</translation>
    </message>
    <message>
        <source>A CSV file that this program wrote becomes a lesson again.</source>
        <translation>Un fichier CSV écrit par ce programme redevient un cours.</translation>
    </message>
    <message>
        <source>CSV file</source>
        <translation>Fichier CSV</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>Fichiers CSV (*.csv)</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importer</translation>
    </message>
    <message>
        <source>Import a CSV</source>
        <translation>Importer un CSV</translation>
    </message>
    <message>
        <source>It is among your lessons now.</source>
        <translation>Il est maintenant parmi vos cours.</translation>
    </message>
    <message>
        <source>Only &amp;myself</source>
        <translation>Se&amp;ulement moi</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>The &amp;demo class</source>
        <translation>La classe de &amp;démo</translation>
    </message>
    <message>
        <source>Who was seen?</source>
        <translation>Qui était visible&#xa0;?</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Add a marker; press twice to add it without a name</source>
        <translation>Poser un repère&#xa0;; deux fois pour le poser sans nom</translation>
    </message>
    <message>
        <source>Arrows, Enter, Delete</source>
        <translation>Flèches, Entrée, Suppr</translation>
    </message>
    <message>
        <source>Arrows, Page Up and Down, Space</source>
        <translation>Flèches, Page préc. et suiv., Espace</translation>
    </message>
    <message>
        <source>Arrows, Space</source>
        <translation>Flèches, Espace</translation>
    </message>
    <message>
        <source>F2, Shift+F2, Delete</source>
        <translation>F2, Maj+F2, Suppr</translation>
    </message>
    <message>
        <source>In an opened lesson: go through it by seconds and minutes, play or pause</source>
        <translation>Dans un cours ouvert&#xa0;: avancer par secondes et par minutes, lire ou mettre en pause</translation>
    </message>
    <message>
        <source>In any program, during a lesson: mark the moment</source>
        <translation>Dans tout programme, pendant un cours&#xa0;: marquer le moment</translation>
    </message>
    <message>
        <source>In the lesson so far: move its cursor, rename the marker there, or remove it</source>
        <translation>Dans le cours jusqu’ici&#xa0;: déplacer le curseur, renommer le repère qui s’y trouve ou le supprimer</translation>
    </message>
    <message>
        <source>In the live view: move between faces, leave out or bring back</source>
        <translation>Dans la vue en direct&#xa0;: passer d’un visage à l’autre, laisser de côté ou faire revenir</translation>
    </message>
    <message>
        <source>M</source>
        <translation>M</translation>
    </message>
    <message>
        <source>On a lesson in the list: give it a name, a class, or erase it</source>
        <translation>Sur un cours de la liste&#xa0;: lui donner un nom, une classe, ou l’effacer</translation>
    </message>
    <message>
        <source>Pause or resume</source>
        <translation>Pause ou reprise</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espace</translation>
    </message>
</context>
<context>
    <name>Kinds</name>
    <message>
        <source>&amp;CSV</source>
        <translation>&amp;CSV</translation>
    </message>
    <message>
        <source>&amp;JSON</source>
        <translation>&amp;JSON</translation>
    </message>
    <message>
        <source>&amp;Parquet</source>
        <translation>&amp;Parquet</translation>
    </message>
    <message>
        <source>&amp;Report as PDF</source>
        <translation>&amp;Rapport en PDF</translation>
    </message>
    <message>
        <source>&amp;Spreadsheet</source>
        <translation>&amp;Tableur</translation>
    </message>
    <message>
        <source>A row for each second, for any program with tables.</source>
        <translation>Une ligne par seconde, pour tout programme à tableaux.</translation>
    </message>
    <message>
        <source>All of the lesson, for other programs.</source>
        <translation>Tout le cours, pour d’autres programmes.</translation>
    </message>
    <message>
        <source>Figures, charts and moments for Excel or LibreOffice.</source>
        <translation>Chiffres, graphiques et moments pour Excel ou LibreOffice.</translation>
    </message>
    <message>
        <source>It needs pyarrow, which is not there.</source>
        <translation>Il y manque pyarrow.</translation>
    </message>
    <message>
        <source>One page to print or to keep.</source>
        <translation>Une page à imprimer ou à garder.</translation>
    </message>
    <message>
        <source>Report as &amp;web page</source>
        <translation>Rapport en page &amp;web</translation>
    </message>
    <message>
        <source>The rows for programs that analyse data.</source>
        <translation>Les lignes pour les programmes d’analyse de données.</translation>
    </message>
    <message>
        <source>The same for a screen or a phone, with all moments.</source>
        <translation>La même chose pour écran ou téléphone, avec tous les moments.</translation>
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
        <source>All, seven told apart</source>
        <translation>Tous, sept expressions</translation>
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
        <source>Misread besides, of 100 faces less than {height} px high</source>
        <translation>Mal lus en plus, sur 100 visages de moins de {height} px de haut</translation>
    </message>
    <message>
        <source>Misread, of 100 faces that look so</source>
        <translation>Mal lus, sur 100 visages qui en ont l’air</translation>
    </message>
    <message>
        <source>Neutral</source>
        <translation>Neutre</translation>
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
    <message>
        <source>about {faces}</source>
        <comment>faces such as 3 smiling, 9 neutral</comment>
        <translation>environ {faces}</translation>
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
        <source>Beyond chance</source>
        <translation>Au-delà du hasard</translation>
    </message>
    <message>
        <source>Drawn where at least three faces look sad, afraid or angry; else among neutral.</source>
        <translation>Tracé dès que trois visages ont l’air triste, effrayé ou en colère&#xa0;; sinon compté avec neutre.</translation>
    </message>
    <message>
        <source>Show or hide {expression}</source>
        <translation>Afficher ou masquer {expression}</translation>
    </message>
    <message>
        <source>Show {expression}</source>
        <translation>Afficher {expression}</translation>
    </message>
    <message>
        <source>The other lesson</source>
        <translation>L’autre cours</translation>
    </message>
    <message>
        <source>This lesson</source>
        <translation>Ce cours</translation>
    </message>
    <message>
        <source>Usual, middle 80 %</source>
        <translation>D’habitude, 80 % du milieu</translation>
    </message>
</context>
<context>
    <name>Lesson</name>
    <message>
        <source> · </source>
        <comment>between facts of a lesson</comment>
        <translation> · </translation>
    </message>
    <message>
        <source>kept until you erase it</source>
        <translation>conservé jusqu’à ce que vous l’effaciez</translation>
    </message>
    <message>
        <source>kept until {day}</source>
        <translation>conservé jusqu’à&#xa0;: {day}</translation>
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
        <source>Nothing of this lesson was seen.</source>
        <translation>Rien de ce cours n’a été vu.</translation>
    </message>
    <message>
        <source>Seven curves</source>
        <translation>Sept courbes</translation>
    </message>
    <message>
        <source>Show 10 min around the chosen moment</source>
        <translation>Afficher 10 min autour du moment choisi</translation>
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
        <source>The lesson</source>
        <translation>Le cours</translation>
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
    <message>
        <source>The lesson, as a chart</source>
        <translation>Le cours, en graphique</translation>
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
    <name>LessonHeader</name>
    <message>
        <source>Back to your lessons</source>
        <translation>Retour à vos cours</translation>
    </message>
    <message>
        <source>Back to your lessons (Escape)</source>
        <translation>Retour à vos cours (Échap)</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Comparer…</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>Spreadsheet</source>
        <translation>Tableur</translation>
    </message>
    <message>
        <source>This lesson is being recorded: stop it first.</source>
        <translation>Ce cours est en cours d’enregistrement&#xa0;: arrêtez-le d’abord.</translation>
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
    <name>LessonMarking</name>
    <message>
        <source>marker {number}</source>
        <translation>repère {number}</translation>
    </message>
</context>
<context>
    <name>LessonMenu</name>
    <message>
        <source>&amp;Class</source>
        <translation>&amp;Classe</translation>
    </message>
    <message>
        <source>&amp;Erase</source>
        <translation>&amp;Effacer</translation>
    </message>
    <message>
        <source>&amp;None</source>
        <translation>&amp;Aucune</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Ouvrir</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Renommer</translation>
    </message>
    <message>
        <source>&amp;Save as CSV, or erase what a marker says…</source>
        <translation>Enregistrer en CS&amp;V, ou effacer le texte d’un repère…</translation>
    </message>
    <message>
        <source>Another &amp;class…</source>
        <translation>Autre &amp;classe…</translation>
    </message>
    <message>
        <source>Erase: stop it first</source>
        <translation>Effacer&#xa0;: arrêtez-le d’abord</translation>
    </message>
</context>
<context>
    <name>LessonPage</name>
    <message>
        <source>Lesson</source>
        <translation>Cours</translation>
    </message>
    <message>
        <source>Reading the lesson…</source>
        <translation>Lecture du cours…</translation>
    </message>
</context>
<context>
    <name>LessonPlot</name>
    <message>
        <source>Press to rename or remove this marker</source>
        <translation>Appuyez pour renommer ou supprimer ce marqueur</translation>
    </message>
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
    <name>LessonQuestions</name>
    <message numerus="yes">
        <source>Leave out again? %n last time: click them.</source>
        <translation>
            <numerusform>Remettre de côté&#xa0;? %n la dernière fois&#xa0;: cliquez.</numerusform>
            <numerusform>Remettre de côté&#xa0;? %n la dernière fois&#xa0;: cliquez.</numerusform>
        </translation>
    </message>
    <message>
        <source>Leave out again? 1 last time: click who it is.</source>
        <translation>Remettre de côté&#xa0;? 1 la dernière fois&#xa0;: cliquez.</translation>
    </message>
    <message>
        <source>Leave yourself out, and who was left out last time?</source>
        <translation>Vous laisser de côté, ainsi que ceux de la dernière fois&#xa0;?</translation>
    </message>
    <message>
        <source>Show the picture</source>
        <translation>Afficher l’image</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Passer</translation>
    </message>
    <message>
        <source>Which is you? Click your own picture.</source>
        <translation>Lequel êtes-vous&#xa0;? Cliquez sur votre image.</translation>
    </message>
    <message>
        <source>Which is you? You are left out then, and count nowhere.</source>
        <translation>Lequel êtes-vous&#xa0;? Vous êtes alors laissé de côté et ne comptez nulle part.</translation>
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
    <name>LessonView</name>
    <message>
        <source>Choose a moment below, or play: its squares appear here.</source>
        <translation>Choisissez un moment ci-dessous, ou lancez la lecture&#xa0;: ses carrés apparaissent ici.</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Cours</translation>
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
        <source>Break</source>
        <translation>Pause</translation>
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
        <source>The lesson took {time}.</source>
        <translation>Le cours a duré {time}.</translation>
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
        <source>{count} of {all}</source>
        <translation>{count} sur {all}</translation>
    </message>
    <message>
        <source>{count} read</source>
        <translation>{count} lus</translation>
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
    <name>LessonsModel</name>
    <message>
        <source>Demo class: generated faces, nobody&apos;s lesson</source>
        <translation>Classe de démonstration&#xa0;: visages générés, pas un vrai cours</translation>
    </message>
</context>
<context>
    <name>Listed</name>
    <message numerus="yes">
        <source>%n lessons</source>
        <translation>
            <numerusform>%n cours</numerusform>
            <numerusform>%n cours</numerusform>
        </translation>
    </message>
    <message>
        <source>1 lesson</source>
        <translation>1 cours</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Modifier…</translation>
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
        <source>Save or erase…</source>
        <translation>Enregistrer ou effacer…</translation>
    </message>
    <message>
        <source>Search lessons, classes, markers</source>
        <translation>Chercher cours, classes, repères</translation>
    </message>
    <message>
        <source>This lesson</source>
        <translation>Ce cours</translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message>
        <source>Click to leave it out</source>
        <translation>Cliquez pour le laisser de côté</translation>
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
        <source>Choose a marker first: then this gives it another colour</source>
        <translation>Choisissez d’abord un repère&#xa0;: ceci lui donne alors une autre couleur</translation>
    </message>
    <message>
        <source>Colour of the chosen marker</source>
        <translation>Couleur du repère choisi</translation>
    </message>
    <message>
        <source>Colour of the marker at {time}</source>
        <translation>Couleur du repère à {time}</translation>
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
        <source>Name of the marker</source>
        <translation>Nom du repère</translation>
    </message>
    <message>
        <source>Name of this moment (optional)</source>
        <translation>Nom de ce moment (facultatif)</translation>
    </message>
    <message>
        <source>The moment is marked. Enter: done · Esc: take it back</source>
        <translation>Le moment est marqué. Entrée&#xa0;: terminé · Échap&#xa0;: annuler</translation>
    </message>
</context>
<context>
    <name>MarkerRow</name>
    <message>
        <source>Name of the marker at {time}</source>
        <translation>Nom du repère à {time}</translation>
    </message>
    <message>
        <source>Remove the marker at {time}</source>
        <translation>Supprimer le repère à {time}</translation>
    </message>
    <message>
        <source>Remove this marker</source>
        <translation>Supprimer ce repère</translation>
    </message>
</context>
<context>
    <name>Marking</name>
    <message>
        <source>Marked at {time}: {name}</source>
        <translation>Repère à {time}&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Marked: {name}</source>
        <translation>Repère posé&#xa0;: {name}</translation>
    </message>
    <message>
        <source>No marker is set yet</source>
        <translation>Aucun marqueur n’est encore posé</translation>
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
        <source>The marker is taken back</source>
        <translation>Le marqueur est retiré</translation>
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
        <source>&amp;Back up all…</source>
        <translation>Tout &amp;sauvegarder…</translation>
    </message>
    <message>
        <source>&amp;Bring everybody back</source>
        <translation>&amp;Faire revenir tout le monde</translation>
    </message>
    <message>
        <source>&amp;Cameras and all others</source>
        <translation>Caméras et &amp;toutes les autres</translation>
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
        <source>&amp;First steps and help</source>
        <translation>&amp;Premiers pas et aide</translation>
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
        <source>&amp;Import a CSV…</source>
        <translation>&amp;Importer un CSV…</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Raccourcis clavier</translation>
    </message>
    <message>
        <source>&amp;Lesson</source>
        <translation>&amp;Cours</translation>
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
        <source>&amp;Restore…</source>
        <translation>&amp;Restaurer…</translation>
    </message>
    <message>
        <source>&amp;Resume	Space</source>
        <translation>&amp;Reprendre	Espace</translation>
    </message>
    <message>
        <source>&amp;Seats</source>
        <translation>P&amp;laces</translation>
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
        <translation>V&amp;os cours</translation>
    </message>
    <message>
        <source>About the &amp;model</source>
        <translation>À propos du &amp;modèle</translation>
    </message>
    <message>
        <source>All less&amp;ons</source>
        <translation>To&amp;us les cours</translation>
    </message>
    <message>
        <source>Change mar&amp;kers…</source>
        <translation>Modifier les mar&amp;queurs…</translation>
    </message>
    <message>
        <source>F&amp;ind a lesson</source>
        <translation>C&amp;hercher un cours</translation>
    </message>
    <message>
        <source>Fold what is &amp;read away</source>
        <translation>&amp;Replier ce qui est lu</translation>
    </message>
    <message>
        <source>R&amp;esume after Stop</source>
        <translation>Reprendre après l’arrê&amp;t</translation>
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
    <message>
        <source>When something goes &amp;wrong</source>
        <translation>&amp;Quand ça ne marche pas</translation>
    </message>
</context>
<context>
    <name>Message</name>
    <message>
        <source>.onnx</source>
        <translation>.onnx</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100&#xa0;%</translation>
    </message>
    <message>
        <source>115 %</source>
        <translation>115&#xa0;%</translation>
    </message>
    <message>
        <source>130 %</source>
        <translation>130&#xa0;%</translation>
    </message>
    <message>
        <source>150 %</source>
        <translation>150&#xa0;%</translation>
    </message>
    <message>
        <source>A .keras file needs TensorFlow to be installed; a .tflite file needs nothing else.</source>
        <translation>Un fichier .keras demande TensorFlow&#xa0;; un fichier .tflite ne demande rien d’autre.</translation>
    </message>
    <message>
        <source>A USB disk was pulled out, or a network drive cannot be reached.</source>
        <translation>Un disque USB a été retiré, ou un lecteur réseau est injoignable.</translation>
    </message>
    <message>
        <source>A backup of a newer version needs that version: install it first.</source>
        <translation>La sauvegarde d’une version plus récente exige cette version&#xa0;: installez-la d’abord.</translation>
    </message>
    <message>
        <source>A backup or CSV cannot be taken over</source>
        <translation>Une sauvegarde ou un CSV ne peut pas être repris</translation>
    </message>
    <message>
        <source>A break: nobody is in sight.</source>
        <translation>Une pause&#xa0;: personne n’est visible.</translation>
    </message>
    <message>
        <source>A change is named from {least} faces of {faces} on, once it lasts: smaller ones can be chance.</source>
        <translation>Un changement est nommé à partir de {least} visages sur {faces}, s’il dure&#xa0;: de plus petits peuvent être le hasard.</translation>
    </message>
    <message>
        <source>A change is reported when at least three faces differ (more in a large class) for 20 seconds.</source>
        <translation>Un changement est signalé quand au moins trois visages (plus dans une grande classe) diffèrent pendant 20 secondes.</translation>
    </message>
    <message>
        <source>A face is not a feeling. These figures judge nobody, and name nobody.</source>
        <translation>Un visage n’est pas une émotion. Ces chiffres ne jugent personne et ne nomment personne.</translation>
    </message>
    <message>
        <source>A fault in the program</source>
        <translation>Un défaut du programme</translation>
    </message>
    <message>
        <source>A fault in the program was met; what happened is in the log file.</source>
        <translation>Le programme a rencontré un défaut&#xa0;; ce qui s’est passé est dans le journal.</translation>
    </message>
    <message>
        <source>A few words and a bar that stay on top while you present.</source>
        <translation>Quelques mots et une barre qui restent au premier plan pendant que vous présentez.</translation>
    </message>
    <message>
        <source>A file can no longer be written. While a session runs, unsaved seconds wait in memory.</source>
        <translation>Un fichier ne peut plus être écrit. Pendant une séance, les secondes non enregistrées attendent en mémoire.</translation>
    </message>
    <message>
        <source>A file or folder cannot be written</source>
        <translation>Un fichier ou un dossier ne peut pas être écrit</translation>
    </message>
    <message>
        <source>A file that belongs to the program is missing or has been changed.</source>
        <translation>Un fichier du programme manque ou a été modifié.</translation>
    </message>
    <message>
        <source>A file with that name already exists and is not overwritten.</source>
        <translation>Un fichier de ce nom existe déjà et n’est pas remplacé.</translation>
    </message>
    <message>
        <source>A laptop slows down on battery or when it is hot.</source>
        <translation>Un portable ralentit sur batterie ou quand il chauffe.</translation>
    </message>
    <message>
        <source>A lesson</source>
        <translation>Un cours</translation>
    </message>
    <message>
        <source>A lesson is erased automatically after 30 days, or when “Lessons are kept” in the settings says so.</source>
        <translation>Un cours s’efface de lui-même après 30 jours, ou quand «&#xa0;Durée de garde&#xa0;» le dit dans les paramètres.</translation>
    </message>
    <message>
        <source>A lesson is no longer there</source>
        <translation>Un cours n’est plus là</translation>
    </message>
    <message>
        <source>A line</source>
        <translation>Une ligne</translation>
    </message>
    <message>
        <source>A line and a sound</source>
        <translation>Une ligne et un son</translation>
    </message>
    <message>
        <source>A monitor was unplugged, switched off, or changed in size.</source>
        <translation>Un moniteur a été débranché, éteint, ou a changé de taille.</translation>
    </message>
    <message>
        <source>A picture cannot be read</source>
        <translation>Une image ne peut pas être lue</translation>
    </message>
    <message>
        <source>A picture you chose cannot be opened. Others in the same folder are still read.</source>
        <translation>Une image choisie ne s’ouvre pas. Les autres du même dossier sont lues quand même.</translation>
    </message>
    <message>
        <source>A question may read the views lesson, second and moment, and nothing else: see docs/store.md.</source>
        <translation>Une question peut lire les vues lesson, second et moment, et rien d’autre&#xa0;: voir docs/store.md.</translation>
    </message>
    <message>
        <source>A row for each participant: camera, face in view, read or why not, since when; never an expression</source>
        <translation>Une ligne par participant&#xa0;: caméra, visage visible, lu ou pourquoi non, depuis quand&#xa0;; jamais une expression</translation>
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
        <source>About {faces} of {cameras} cameras that were on were read, for {length} of {whole}.</source>
        <translation>Environ {faces} caméras allumées sur {cameras} ont été lues, pendant {length} sur {whole}.</translation>
    </message>
    <message>
        <source>After a crash or power cut, the lesson is there up to about the last second, and the program offers it at the next start.</source>
        <translation>Après un plantage ou une coupure de courant, le cours est là à environ une seconde près, et le programme le propose au démarrage suivant.</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alertes</translation>
    </message>
    <message>
        <source>Alerts need ten faces or more, and report good news as well as bad.</source>
        <translation>Les alertes demandent au moins dix visages et signalent aussi les bonnes nouvelles.</translation>
    </message>
    <message>
        <source>All cameras are off, or everybody was left out.</source>
        <translation>Toutes les caméras sont éteintes, ou tout le monde a été laissé de côté.</translation>
    </message>
    <message>
        <source>An alert is one quiet line under the sentence: at most one every five minutes, three a lesson, and none in the first five minutes.</source>
        <translation>Une alerte est une ligne discrète sous la phrase&#xa0;: une toutes les cinq minutes au plus, trois par cours, et aucune pendant les cinq premières minutes.</translation>
    </message>
    <message>
        <source>An alert is told by</source>
        <translation>Une alerte est signalée par</translation>
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
        <source>Another program, usually the call itself, is using it. Many cameras serve only one program at a time.</source>
        <translation>Un autre programme, en général l’appel lui-même, l’utilise. Beaucoup de caméras ne servent qu’un programme à la fois.</translation>
    </message>
    <message>
        <source>Another window covers 1 of {pictures} pictures: move it aside to read it.</source>
        <translation>Une autre fenêtre couvre 1 image sur {pictures}&#xa0;: écartez-la pour qu’elle soit lue.</translation>
    </message>
    <message>
        <source>Another window covers the chosen window: move one of them aside, and the session goes on.</source>
        <translation>Une autre fenêtre couvre la fenêtre choisie&#xa0;: écartez l’une des deux, et la séance continue.</translation>
    </message>
    <message>
        <source>Another window covers {count} of {pictures} pictures: move it aside to read them.</source>
        <translation>Une autre fenêtre couvre {count} images sur {pictures}&#xa0;: écartez-la pour qu’elles soient lues.</translation>
    </message>
    <message>
        <source>Another window of this program is recording: this session is kept in its CSV file alone until that one ends.</source>
        <translation>Une autre fenêtre de ce programme enregistre&#xa0;: d’ici la fin de celle-ci, cette séance n’est gardée que dans son fichier CSV.</translation>
    </message>
    <message>
        <source>Another window records</source>
        <translation>Une autre fenêtre enregistre</translation>
    </message>
    <message>
        <source>Answer the questions on the three short pages. They decide what may be opened where you are.</source>
        <translation>Répondez aux questions des trois courtes pages. Elles décident de ce qui peut être ouvert chez vous.</translation>
    </message>
    <message>
        <source>Answers, settings and the program</source>
        <translation>Réponses, paramètres et programme</translation>
    </message>
    <message>
        <source>Any alert may be a misreading, and many changes are missed: silence says nothing about the class.</source>
        <translation>Toute alerte peut être une erreur de lecture, et beaucoup de changements échappent&#xa0;: le silence ne dit rien de la classe.</translation>
    </message>
    <message>
        <source>Anybody who does not want to be read is left out, no reason asked.</source>
        <translation>Qui ne veut pas être lu est laissé de côté, sans demander pourquoi.</translation>
    </message>
    <message>
        <source>Are you the only person in the recording? Press “Only I am in it”.</source>
        <translation>Êtes-vous la seule personne dans la vidéo&#xa0;? Appuyez sur «&#xa0;Il n’y a que moi&#xa0;».</translation>
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
        <source>Ask if others would like to switch their cameras on. Nobody has to.</source>
        <translation>Demandez si d’autres veulent allumer leur caméra. Personne n’y est obligé.</translation>
    </message>
    <message>
        <source>Ask whoever looks after the camera for a user name that may watch it.</source>
        <translation>Demandez au responsable de la caméra un nom d’utilisateur autorisé à la regarder.</translation>
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
        <source>Before anything is read, you are asked where the class is and what the calls are for. With your answers, or without any, this source stays off.</source>
        <translation>Avant toute lecture, on vous demande où est la classe et à quoi servent les appels. Avec vos réponses, ou sans réponse, cette source reste fermée.</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>Pause</translation>
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
        <source>Cameras, streams and recordings</source>
        <translation>Caméras, flux et vidéos</translation>
    </message>
    <message>
        <source>Carry on. If nothing is read any more, press “Stop” and begin another session.</source>
        <translation>Continuez. Si plus rien n’est lu, appuyez sur «&#xa0;Arrêter&#xa0;» et commencez une autre séance.</translation>
    </message>
    <message>
        <source>Check in the system’s privacy settings that programs may use the camera.</source>
        <translation>Vérifiez dans les réglages de confidentialité du système que les programmes peuvent utiliser la caméra.</translation>
    </message>
    <message>
        <source>Check that this computer is on the same network as the sender.</source>
        <translation>Vérifiez que cet ordinateur est sur le même réseau que l’émetteur.</translation>
    </message>
    <message>
        <source>Choose the file again in the settings, which ask for what is missing.</source>
        <translation>Choisissez à nouveau le fichier dans les paramètres, qui demandent ce qui manque.</translation>
    </message>
    <message>
        <source>Choose the file as this program wrote it, and copy it again from where it was made.</source>
        <translation>Choisissez le fichier tel que ce programme l’a écrit, et copiez-le de nouveau depuis l’endroit où il a été fait.</translation>
    </message>
    <message>
        <source>Clear the field in the settings to use the built-in one.</source>
        <translation>Videz le champ dans les paramètres pour utiliser celui du programme.</translation>
    </message>
    <message>
        <source>Click the call in the taskbar or dock: the session goes on by itself.</source>
        <translation>Cliquez sur l’appel dans la barre des tâches ou le dock&#xa0;: la séance reprend d’elle-même.</translation>
    </message>
    <message>
        <source>Click the person’s tile: it goes dark and is no longer counted. Click again to bring it back.</source>
        <translation>Cliquez sur la vignette de la personne&#xa0;: elle s’assombrit et n’est plus comptée. Cliquez encore pour la faire revenir.</translation>
    </message>
    <message>
        <source>Close programs and browser tabs that you do not need.</source>
        <translation>Fermez les programmes et les onglets dont vous n’avez pas besoin.</translation>
    </message>
    <message>
        <source>Close the program and start it again: it repairs what it can.</source>
        <translation>Fermez le programme et relancez-le&#xa0;: il répare ce qu’il peut.</translation>
    </message>
    <message>
        <source>Close “Saved lessons” and open it again.</source>
        <translation>Fermez «&#xa0;Cours enregistrés&#xa0;» et rouvrez-le.</translation>
    </message>
    <message>
        <source>Compare each face with how it usually looks</source>
        <translation>Comparer chaque visage à son air habituel</translation>
    </message>
    <message>
        <source>Compared: {minutes} min.</source>
        <translation>Comparé&#xa0;: {minutes} min.</translation>
    </message>
    <message>
        <source>Copies are saved in</source>
        <translation>Les copies sont enregistrées dans</translation>
    </message>
    <message>
        <source>Copy it to one of your own folders and choose it there.</source>
        <translation>Copiez-la dans un de vos dossiers et choisissez-la là.</translation>
    </message>
    <message>
        <source>Copy the address from the camera’s manual or settings.</source>
        <translation>Copiez l’adresse depuis le manuel ou les réglages de la caméra.</translation>
    </message>
    <message>
        <source>Copying or downloading it was interrupted.</source>
        <translation>La copie ou le téléchargement a été interrompu.</translation>
    </message>
    <message>
        <source>Correct the value named in the message.</source>
        <translation>Corrigez la valeur nommée dans le message.</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Couverture</translation>
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
        <source>Different networks read them: what differs may be the networks&apos;, and is not told.</source>
        <translation>Des réseaux différents les ont lus&#xa0;: ce qui diffère peut venir des réseaux et n’est pas dit.</translation>
    </message>
    <message>
        <source>Disks and saved lessons</source>
        <translation>Disques et cours enregistrés</translation>
    </message>
    <message>
        <source>Does it happen again? Copy what is important, and have the disk checked.</source>
        <translation>Cela se reproduit&#xa0;? Copiez ce qui est important et faites vérifier le disque.</translation>
    </message>
    <message>
        <source>Download or copy it once more, and compare the sizes of both files.</source>
        <translation>Téléchargez-la ou copiez-la à nouveau, et comparez la taille des deux fichiers.</translation>
    </message>
    <message>
        <source>Drag it anywhere. It remembers its place for these screens.</source>
        <translation>Déplacez-la où vous voulez. Elle retient sa place pour ces écrans.</translation>
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
        <source>Earlier seconds hold only counts of the class. If that is too much, erase the lesson.</source>
        <translation>Les secondes passées ne contiennent que des chiffres de la classe. Si c’est trop, effacez le cours.</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>Ailleurs</translation>
    </message>
    <message>
        <source>Elsewhere, the law of your country and the rules of your school decide. This is not legal advice.</source>
        <translation>Ailleurs, la loi de votre pays et les règles de votre école décident. Ceci n’est pas un conseil juridique.</translation>
    </message>
    <message>
        <source>Empty the bin and delete or move large files. An hour of a lesson takes a few megabytes.</source>
        <translation>Videz la corbeille, supprimez ou déplacez de gros fichiers. Une heure de cours prend quelques mégaoctets.</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Erasing</source>
        <translation>Effacer</translation>
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
        <source>Faces are found, but they are too small or badly lit to read, so they are not counted.</source>
        <translation>Des visages sont trouvés, mais trop petits ou trop mal éclairés pour être lus&#xa0;: ils ne sont pas comptés.</translation>
    </message>
    <message>
        <source>Faces are too small, dark or bright</source>
        <translation>Des visages sont trop petits, trop sombres ou trop clairs</translation>
    </message>
    <message>
        <source>Few cameras are on, or many faces are too small.</source>
        <translation>Peu de caméras sont allumées, ou beaucoup de visages sont trop petits.</translation>
    </message>
    <message>
        <source>Fewer faces looked sad, afraid or angry than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}.</source>
        <translation>Moins de visages avaient l’air triste, effrayé ou en colère que dans l’autre cours, {when}&#xa0;: environ {now} sur {faces}, là-bas {other} sur {others}.</translation>
    </message>
    <message>
        <source>Fewer faces looked sad, afraid or angry than is usual in this class, {when}: about {now} of {faces}, usually {other}.</source>
        <translation>Moins de visages avaient l’air triste, effrayé ou en colère que d’habitude dans cette classe, {when}&#xa0;: environ {now} sur {faces}, d’habitude {other}.</translation>
    </message>
    <message>
        <source>Fewer faces looked surprised than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}.</source>
        <translation>Moins de visages avaient l’air surpris que dans l’autre cours, {when}&#xa0;: environ {now} sur {faces}, là-bas {other} sur {others}.</translation>
    </message>
    <message>
        <source>Fewer faces looked surprised than is usual in this class, {when}: about {now} of {faces}, usually {other}.</source>
        <translation>Moins de visages avaient l’air surpris que d’habitude dans cette classe, {when}&#xa0;: environ {now} sur {faces}, d’habitude {other}.</translation>
    </message>
    <message>
        <source>Fewer faces smiled than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}.</source>
        <translation>Moins de visages souriaient que dans l’autre cours, {when}&#xa0;: environ {now} sur {faces}, là-bas {other} sur {others}.</translation>
    </message>
    <message>
        <source>Fewer faces smiled than is usual in this class, {when}: about {now} of {faces}, usually {other}.</source>
        <translation>Moins de visages souriaient que d’habitude dans cette classe, {when}&#xa0;: environ {now} sur {faces}, d’habitude {other}.</translation>
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
        <source>Fewer faces than usual smiled: about {now} of {of}, usually {usual}; for {length}.</source>
        <translation>Moins de visages que d’habitude souriaient&#xa0;: environ {now} sur {of}, d’habitude {usual}&#xa0;; pendant {length}.</translation>
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
        <source>Figures of fewer than 5 faces would tell of persons: nothing is compared.</source>
        <translation>Les chiffres de moins de 5 visages parleraient de personnes&#xa0;: rien n’est comparé.</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Premiers pas</translation>
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
        <source>For a class, figures are shown and kept only from five readable faces up. Fewer would describe individual people.</source>
        <translation>Pour une classe, les chiffres ne sont montrés et gardés qu’à partir de cinq visages lisibles. Moins décriraient des personnes.</translation>
    </message>
    <message>
        <source>For a while nothing was read. The lesson has a gap there and goes on.</source>
        <translation>Pendant un moment, rien n’a été lu. Le cours a un trou à cet endroit et continue.</translation>
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
        <source>Free some space or make the folder named in the message writable, then accept again.</source>
        <translation>Libérez de la place ou rendez accessible le dossier nommé dans le message, puis acceptez à nouveau.</translation>
    </message>
    <message>
        <source>Height in the frame from which a face is readable</source>
        <translation>Hauteur dans l’image à partir de laquelle un visage est lisible</translation>
    </message>
    <message>
        <source>How an alert is told. A sound may be heard in the call too, unless you wear headphones</source>
        <translation>Comment une alerte est signalée. Un son peut s’entendre aussi dans l’appel, sauf si vous portez un casque</translation>
    </message>
    <message>
        <source>How large the window&apos;s words are</source>
        <translation>La taille des mots de la fenêtre</translation>
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
        <source>How many cameras and faces the figures rest on. If only a few of many are read, the figures describe those few.</source>
        <translation>Sur combien de caméras et de visages reposent les chiffres. Si peu de visages sont lus sur beaucoup, les chiffres décrivent ces quelques-uns.</translation>
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
        <source>How often it is wrong</source>
        <translation>À quelle fréquence il se trompe</translation>
    </message>
    <message>
        <source>How often the network errs was not measured: expect more than one face in three to be misread.</source>
        <translation>La fréquence des erreurs du réseau n’a pas été mesurée&#xa0;: attendez-vous à plus d’un visage sur trois mal lu.</translation>
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
        <source>If a player can show it, save it as MP4 there or with a converter.</source>
        <translation>Si un lecteur peut l’afficher, enregistrez-la en MP4 avec lui ou un convertisseur.</translation>
    </message>
    <message>
        <source>If it happens again, look at what the virus scanner has quarantined.</source>
        <translation>Si cela se reproduit, regardez la quarantaine de l’antivirus.</translation>
    </message>
    <message>
        <source>If not, press “Stop”, and choose the window or draw the part again.</source>
        <translation>Sinon, appuyez sur «&#xa0;Arrêter&#xa0;», puis choisissez la fenêtre ou tracez la partie à nouveau.</translation>
    </message>
    <message>
        <source>If nothing helps, press “Stop”: what was read is saved.</source>
        <translation>Si rien n’y fait, appuyez sur «&#xa0;Arrêter&#xa0;»&#xa0;: ce qui a été lu est enregistré.</translation>
    </message>
    <message>
        <source>If off, a lesson is kept in this program only; you can save it as CSV later.</source>
        <translation>Sans lui, un cours n’est gardé que dans ce programme&#xa0;; vous pourrez l’enregistrer en CSV plus tard.</translation>
    </message>
    <message>
        <source>In the EU and EEA the AI Act forbids reading expressions in teaching and at work, with consent or without.</source>
        <translation>Dans l’UE et l’EEE, le règlement sur l’IA interdit de lire les expressions dans l’enseignement et au travail, avec ou sans consentement.</translation>
    </message>
    <message>
        <source>In the EU and EEA the AI Act, Article 5(1)(f), forbids inferring emotions in education and at work, even with consent. Live classes and recordings of others stay off there.</source>
        <translation>Dans l’UE et l’EEE, le règlement sur l’IA, article 5(1)(f), interdit de déduire des émotions dans l’éducation et au travail, même avec consentement. Les classes en direct et les vidéos d’autrui y restent fermées.</translation>
    </message>
    <message>
        <source>In the EU or EEA</source>
        <translation>Dans l’UE ou l’EEE</translation>
    </message>
    <message>
        <source>In the settings you choose whether it is the line alone, the line with one sound, or nothing.</source>
        <translation>Dans les réglages, vous choisissez la ligne seule, la ligne avec un son, ou rien.</translation>
    </message>
    <message>
        <source>In the user name and password, write %40 for @, %2F for /, %3F for ?, %23 for # and %3A for a colon.</source>
        <translation>Dans le nom et le mot de passe, écrivez %40 pour @, %2F pour /, %3F pour&#xa0;?, %23 pour # et %3A pour un deux-points.</translation>
    </message>
    <message>
        <source>Install a font for it, such as Noto Sans Devanagari for Hindi.</source>
        <translation>Installez une police pour elle, comme Noto Sans Devanagari pour l’hindi.</translation>
    </message>
    <message>
        <source>Install the program again. Your lessons and settings are kept.</source>
        <translation>Réinstallez le programme. Vos cours et vos paramètres sont conservés.</translation>
    </message>
    <message>
        <source>Is it very large, such as a panorama? Make it smaller.</source>
        <translation>Est-elle très grande, comme un panorama&#xa0;? Réduisez-la.</translation>
    </message>
    <message>
        <source>Is the lesson over? Press “Stop”; otherwise it ends by itself after five minutes.</source>
        <translation>Le cours est fini&#xa0;? Appuyez sur «&#xa0;Arrêter&#xa0;»&#xa0;; sinon il se termine de lui-même après cinq minutes.</translation>
    </message>
    <message>
        <source>Is there no other copy? The figures up to there are in “Saved lessons”.</source>
        <translation>Pas d’autre copie&#xa0;? Les chiffres jusque-là sont dans «&#xa0;Cours enregistrés&#xa0;».</translation>
    </message>
    <message>
        <source>It appears when this window is minimised or covered, or has no room beside the call. You can also choose “Mini strip” in the “View” menu.</source>
        <translation>Elle apparaît quand cette fenêtre est réduite ou couverte, ou n’a pas de place à côté de l’appel. Vous pouvez aussi choisir «&#xa0;Petite barre&#xa0;» dans le menu «&#xa0;Affichage&#xa0;».</translation>
    </message>
    <message>
        <source>It came from a file, which does not say what was usual.</source>
        <translation>Il vient d’un fichier, qui ne dit pas ce qui était habituel.</translation>
    </message>
    <message>
        <source>It does not distinguish the seven expressions, or expects another kind of picture.</source>
        <translation>Il ne distingue pas les sept expressions, ou attend un autre type d’image.</translation>
    </message>
    <message>
        <source>It has an unknown format, such as HEIC, or is damaged or no longer there.</source>
        <translation>Son format est inconnu, comme HEIC, ou elle est endommagée ou n’est plus là.</translation>
    </message>
    <message>
        <source>It is a bug in the program, not something you did.</source>
        <translation>C’est un bogue du programme, pas une erreur de votre part.</translation>
    </message>
    <message>
        <source>It is another kind of file, or was changed, for example in a spreadsheet.</source>
        <translation>C’est une autre sorte de fichier, ou il a été modifié, par exemple dans un tableur.</translation>
    </message>
    <message>
        <source>It is minimised, on another desktop, or moved off the screen.</source>
        <translation>Elle est réduite, sur un autre bureau, ou hors de l’écran.</translation>
    </message>
    <message>
        <source>It is not certain where the password ends in this address: in a user or password write @ as %40, / as %2F, ? as %3F, # as %23 and : as %3A.</source>
        <translation>On ne sait pas où finit le mot de passe dans cette adresse&#xa0;: dans le nom ou le mot de passe, écrivez @ %40, / %2F,&#xa0;? %3F, # %23 et&#xa0;: %3A.</translation>
    </message>
    <message>
        <source>It is unplugged, or switched off by a key or a lens cover.</source>
        <translation>Elle est débranchée, ou coupée par une touche ou un cache.</translation>
    </message>
    <message>
        <source>It says what is read, that it is often wrong, that only counts are kept, and how to be left out.</source>
        <translation>Il dit ce qui est lu, que c’est souvent faux, que seuls des nombres sont gardés, et comment être laissé de côté.</translation>
    </message>
    <message>
        <source>It says what most faces show, then the largest difference from usual that is unlikely to be chance.</source>
        <translation>Elle dit ce que montrent la plupart des visages, puis la plus grande différence avec l’habitude qui n’est sans doute pas due au hasard.</translation>
    </message>
    <message>
        <source>It says whose camera is off, who is not in view and who has left, and never what a face shows. It is of this moment, and nothing of it is kept. You can give aliases there.</source>
        <translation>Elle dit quelle caméra est éteinte, qui est hors champ ou parti, jamais ce que montre un visage. Elle vaut pour l’instant, rien n’en est gardé. Vous pouvez y donner des surnoms.</translation>
    </message>
    <message>
        <source>It was changed by hand, or its folder cannot be written.</source>
        <translation>Il a été modifié à la main, ou son dossier est protégé en écriture.</translation>
    </message>
    <message>
        <source>It was copied only in part, or its disk reports errors.</source>
        <translation>Il n’a été copié qu’en partie, ou son disque signale des erreurs.</translation>
    </message>
    <message>
        <source>It was moved or deleted, is damaged, is not a video, or you are not allowed to read it.</source>
        <translation>Il a été déplacé ou supprimé, est endommagé ou n’est pas une vidéo, ou vous n’y avez pas accès.</translation>
    </message>
    <message>
        <source>It was saved from a spreadsheet, or moved by a program that tidies up folders.</source>
        <translation>Il a été enregistré depuis un tableur, ou déplacé par un programme de rangement.</translation>
    </message>
    <message>
        <source>It was written by a newer version of this program.</source>
        <translation>Il a été écrit par une version plus récente de ce programme.</translation>
    </message>
    <message>
        <source>Its beginning is missing, or the password contains characters with a special meaning.</source>
        <translation>Le début manque, ou le mot de passe contient des caractères spéciaux.</translation>
    </message>
    <message>
        <source>Its buttons pause, add a marker, and bring the window back.</source>
        <translation>Ses boutons mettent en pause, ajoutent un repère et ramènent la fenêtre.</translation>
    </message>
    <message>
        <source>Its cable is loose.</source>
        <translation>Son câble est mal branché.</translation>
    </message>
    <message>
        <source>Its description, the .json file beside it, is missing or wrong.</source>
        <translation>Sa description, le fichier .json à côté, manque ou est fausse.</translation>
    </message>
    <message>
        <source>Its disk is full or does not answer, or another program has locked it.</source>
        <translation>Son disque est plein ou ne répond pas, ou un autre programme l’a verrouillé.</translation>
    </message>
    <message>
        <source>Its figures were lost when the saved lessons were damaged.</source>
        <translation>Ses chiffres ont été perdus quand les cours enregistrés ont été endommagés.</translation>
    </message>
    <message>
        <source>Its lesson is among yours already.</source>
        <translation>Son cours est déjà parmi les vôtres.</translation>
    </message>
    <message>
        <source>Its window&apos;s title, its file&apos;s path or its address without secrets. Off, none is kept, and the one that was is forgotten.</source>
        <translation>Le titre de sa fenêtre, le chemin de son fichier ou son adresse sans secrets. Sans coche, rien n’est gardé, et ce qui l’était est oublié.</translation>
    </message>
    <message>
        <source>Keep teaching: what is waiting is written as soon as there is room, even after “Stop”.</source>
        <translation>Continuez le cours&#xa0;: ce qui attend est écrit dès qu’il y a de la place, même après «&#xa0;Arrêter&#xa0;».</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Language and appearance</source>
        <translation>Langue et apparence</translation>
    </message>
    <message>
        <source>Last source</source>
        <translation>Dernière source</translation>
    </message>
    <message>
        <source>Learning what is usual.</source>
        <translation>Apprend ce qui est habituel.</translation>
    </message>
    <message>
        <source>Learning, {minutes} min left</source>
        <translation>Apprend, encore {minutes} min</translation>
    </message>
    <message>
        <source>Leaving somebody out</source>
        <translation>Laisser quelqu’un de côté</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Moins de mouvement</translation>
    </message>
    <message>
        <source>Less than {minutes} min of both were seen: too little to compare.</source>
        <translation>Moins de {minutes} min des deux ont été vues&#xa0;: trop peu pour comparer.</translation>
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
        <source>Linux with Wayland does not let programs see the screen this way.</source>
        <translation>Linux avec Wayland ne laisse pas les programmes voir l’écran de cette façon.</translation>
    </message>
    <message>
        <source>Linux: log out, choose a session named X11 or Xorg when you log in, and start again.</source>
        <translation>Linux&#xa0;: déconnectez-vous, choisissez à la connexion une session nommée X11 ou Xorg, et relancez le programme.</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aspect</translation>
    </message>
    <message>
        <source>Look at “What is read”: does it show the faces?</source>
        <translation>Regardez «&#xa0;Ce qui est lu&#xa0;»&#xa0;: y voit-on les visages&#xa0;?</translation>
    </message>
    <message>
        <source>Look for its CSV file in the folder “FER Desktop” in your documents.</source>
        <translation>Cherchez son fichier CSV dans le dossier «&#xa0;FER Desktop&#xa0;» de vos documents.</translation>
    </message>
    <message>
        <source>Look for the CSV file of a lost lesson; it is often intact.</source>
        <translation>Cherchez le fichier CSV d’un cours perdu&#xa0;; il est souvent intact.</translation>
    </message>
    <message>
        <source>Lower “Updates a second, at most” in the settings; 2 is enough for a class.</source>
        <translation>Baissez «&#xa0;Mises à jour par seconde, au plus&#xa0;» dans les paramètres&#xa0;; 2 suffisent pour une classe.</translation>
    </message>
    <message>
        <source>Mac: open System Settings, Privacy &amp; Security, Screen Recording. Allow this program, and open it again.</source>
        <translation>Mac&#xa0;: ouvrez Réglages Système, Confidentialité et sécurité, Enregistrement de l’écran. Autorisez ce programme et rouvrez-le.</translation>
    </message>
    <message>
        <source>Made on this computer. No picture was kept.</source>
        <translation>Fait sur cet ordinateur. Aucune image n’a été gardée.</translation>
    </message>
    <message>
        <source>Make the call’s window larger, so that more faces can be read.</source>
        <translation>Agrandissez la fenêtre de l’appel pour que plus de visages puissent être lus.</translation>
    </message>
    <message>
        <source>Make the call’s window larger: {count} of {faces} faces are too small to read.</source>
        <translation>Agrandissez&#xa0;la&#xa0;fenêtre&#xa0;de&#xa0;l’appel&#xa0;:&#xa0;{count}&#xa0;visages&#xa0;sur&#xa0;{faces}&#xa0;sont&#xa0;trop&#xa0;petits&#xa0;pour&#xa0;être&#xa0;lus.</translation>
    </message>
    <message>
        <source>Make the call’s window larger; full screen is best.</source>
        <translation>Agrandissez la fenêtre de l’appel&#xa0;; le plein écran est le mieux.</translation>
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
        <source>Markers of the same name: {count}.</source>
        <translation>Repères de même nom&#xa0;: {count}.</translation>
    </message>
    <message>
        <source>Meet shows {shown} of {size}; more tiles can be set in Meet’s layout.</source>
        <translation>Meet en montre {shown} sur {size}&#xa0;; la mise en page de Meet permet plus de mosaïques.</translation>
    </message>
    <message>
        <source>Mixed.</source>
        <translation>Mélangé.</translation>
    </message>
    <message>
        <source>Moment</source>
        <translation>Moment</translation>
    </message>
    <message>
        <source>Moments</source>
        <translation>Moments</translation>
    </message>
    <message>
        <source>Moments without room here: {count}. They stand in the report as a web page.</source>
        <translation>Moments sans place ici&#xa0;: {count}. Ils sont dans le rapport en page web.</translation>
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
        <source>More faces looked sad, afraid or angry than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}.</source>
        <translation>Plus de visages avaient l’air triste, effrayé ou en colère que dans l’autre cours, {when}&#xa0;: environ {now} sur {faces}, là-bas {other} sur {others}.</translation>
    </message>
    <message>
        <source>More faces looked sad, afraid or angry than is usual in this class, {when}: about {now} of {faces}, usually {other}.</source>
        <translation>Plus de visages avaient l’air triste, effrayé ou en colère que d’habitude dans cette classe, {when}&#xa0;: environ {now} sur {faces}, d’habitude {other}.</translation>
    </message>
    <message>
        <source>More faces looked surprised than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}.</source>
        <translation>Plus de visages avaient l’air surpris que dans l’autre cours, {when}&#xa0;: environ {now} sur {faces}, là-bas {other} sur {others}.</translation>
    </message>
    <message>
        <source>More faces looked surprised than is usual in this class, {when}: about {now} of {faces}, usually {other}.</source>
        <translation>Plus de visages avaient l’air surpris que d’habitude dans cette classe, {when}&#xa0;: environ {now} sur {faces}, d’habitude {other}.</translation>
    </message>
    <message>
        <source>More faces smiled than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}.</source>
        <translation>Plus de visages souriaient que dans l’autre cours, {when}&#xa0;: environ {now} sur {faces}, là-bas {other} sur {others}.</translation>
    </message>
    <message>
        <source>More faces smiled than is usual in this class, {when}: about {now} of {faces}, usually {other}.</source>
        <translation>Plus de visages souriaient que d’habitude dans cette classe, {when}&#xa0;: environ {now} sur {faces}, d’habitude {other}.</translation>
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
        <source>More faces than usual looked sad, afraid or angry: about {now} of {of}, usually {usual}; for {length}.</source>
        <translation>Plus de visages que d’habitude avaient l’air tristes, effrayés ou en colère&#xa0;: environ {now} sur {of}, d’habitude {usual}&#xa0;; pendant {length}.</translation>
    </message>
    <message>
        <source>More faces than usual looked surprised: about {now} of {of}, usually {usual}; for {length}.</source>
        <translation>Plus de visages que d’habitude avaient l’air surpris&#xa0;: environ {now} sur {of}, d’habitude {usual}&#xa0;; pendant {length}.</translation>
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
        <source>More faces than usual smiled: about {now} of {of}, usually {usual}; for {length}.</source>
        <translation>Plus de visages que d’habitude souriaient&#xa0;: environ {now} sur {of}, d’habitude {usual}&#xa0;; pendant {length}.</translation>
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
        <source>Most look sad, afraid or angry.</source>
        <translation>La plupart ont l’air tristes, effrayés ou en colère.</translation>
    </message>
    <message>
        <source>Most look surprised.</source>
        <translation>La plupart ont l’air surpris.</translation>
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
        <source>Motion</source>
        <translation>Mouvement</translation>
    </message>
    <message>
        <source>Move it aside. The main window can give way to the mini strip ({key}).</source>
        <translation>Déplacez-la. La fenêtre principale peut laisser place au mini-bandeau ({key}).</translation>
    </message>
    <message>
        <source>Move one of the two windows aside: the session goes on by itself.</source>
        <translation>Déplacez l’une des deux fenêtres&#xa0;: la séance reprend d’elle-même.</translation>
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
        <source>Network files</source>
        <translation>Fichiers des réseaux</translation>
    </message>
    <message>
        <source>Network taught by</source>
        <translation>Réseau formé par</translation>
    </message>
    <message>
        <source>Never use it to grade, rank, judge or discipline anybody.</source>
        <translation>N’évaluez, ne classez, ne jugez et ne sanctionnez jamais personne avec.</translation>
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
        <source>No face was read in one of them: nothing is compared.</source>
        <translation>Dans l’un d’eux, aucun visage n’a été lu&#xa0;: rien n’est comparé.</translation>
    </message>
    <message>
        <source>No figures of lesson {id} are stored: there is nothing to write.</source>
        <translation>Aucun chiffre du cours {id} n’est enregistré&#xa0;: il n’y a rien à écrire.</translation>
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
        <source>No font on this computer has the letters of the chosen language, so the window is in English.</source>
        <translation>Aucune police de cet ordinateur n’a les lettres de la langue choisie&#xa0;: la fenêtre est donc en anglais.</translation>
    </message>
    <message>
        <source>No gallery or face is found</source>
        <translation>Ni galerie ni visage trouvés</translation>
    </message>
    <message>
        <source>No lesson is stored: there is nothing to ask.</source>
        <translation>Aucun cours n’est enregistré&#xa0;: il n’y a rien à demander.</translation>
    </message>
    <message>
        <source>No lesson is stored: there is nothing to back up.</source>
        <translation>Aucun cours n’est enregistré&#xa0;: il n’y a rien à sauvegarder.</translation>
    </message>
    <message>
        <source>No longer smiling</source>
        <translation>Ne sourient plus</translation>
    </message>
    <message>
        <source>No markers have the same name: they can be laid over one another by time alone.</source>
        <translation>Aucun repère n’a le même nom&#xa0;: seul l’alignement sur le temps est possible.</translation>
    </message>
    <message>
        <source>No monitor was found; connect one and try again.</source>
        <translation>Aucun écran trouvé&#xa0;; branchez-en un et réessayez.</translation>
    </message>
    <message>
        <source>No new pictures arrive. The program tries again by itself; until then nothing is read.</source>
        <translation>Aucune nouvelle image n’arrive. Le programme réessaie de lui-même&#xa0;; d’ici là, rien n’est lu.</translation>
    </message>
    <message>
        <source>No picture in {folder} has a line in {boxes_file}: add one with the box of its face.</source>
        <translation>Aucune image de {folder} n’a de ligne dans {boxes_file}&#xa0;: ajoutez-en une avec le cadre de son visage.</translation>
    </message>
    <message>
        <source>No pictures come from the stream</source>
        <translation>Aucune image ne vient du flux</translation>
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
        <source>None was named, and nothing changed that chance would not explain.</source>
        <translation>Aucun n’a été nommé, et rien n’a changé que le hasard n’expliquerait pas.</translation>
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
        <source>Not for grading, appraisal or discipline.</source>
        <translation>Ni pour noter, ni pour évaluer, ni pour sanctionner.</translation>
    </message>
    <message>
        <source>Not in view</source>
        <translation>Hors champ</translation>
    </message>
    <message>
        <source>Nothing can be written in the folder {folder}: choose another.</source>
        <translation>Rien ne peut être écrit dans le dossier {folder}&#xa0;: choisissez-en un autre.</translation>
    </message>
    <message>
        <source>Nothing of the file was taken, and your lessons are as they were.</source>
        <translation>Rien du fichier n’a été repris, et vos cours sont tels quels.</translation>
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
        <source>Nothing that chance would not explain.</source>
        <translation>Rien que le hasard n’expliquerait.</translation>
    </message>
    <message>
        <source>Nothing: alerts are off</source>
        <translation>Rien&#xa0;: les alertes sont désactivées</translation>
    </message>
    <message>
        <source>Of 100 faces on clear photographs about {wrong} are misread, of 100 that look sad, afraid or angry about {low}; in a call more are, and a face misread tends to stay misread.</source>
        <translation>Sur 100 visages de photos nettes, environ {wrong} sont mal lus, sur 100 qui ont l’air tristes, effrayés ou en colère environ {low}&#xa0;; dans un appel il y en a plus, et un visage mal lu le reste souvent.</translation>
    </message>
    <message>
        <source>Of fewer than 10 faces only what most of them show is told.</source>
        <translation>De moins de 10 visages, on dit seulement ce que montrent la plupart.</translation>
    </message>
    <message>
        <source>Of fewer than {least} faces only what most of them show is told. This lesson: {this}</source>
        <translation>De moins de {least} visages, on dit seulement ce que montrent la plupart. Ce cours&#xa0;: {this}</translation>
    </message>
    <message>
        <source>Of fewer than {least} faces only what most of them show is told. This lesson: {this} The other lesson: {other}</source>
        <translation>De moins de {least} visages, on dit seulement ce que montrent la plupart. Ce cours&#xa0;: {this} L’autre cours&#xa0;: {other}</translation>
    </message>
    <message>
        <source>On this computer only: counts of the class, second by second, and the text of your markers. No pictures.</source>
        <translation>Sur cet ordinateur seulement&#xa0;: les nombres de la classe, seconde par seconde, et le texte de vos repères. Aucune image.</translation>
    </message>
    <message>
        <source>On what this rests</source>
        <translation>Sur quoi cela repose</translation>
    </message>
    <message>
        <source>One per camera, sorted by what it shows and never by seat: smiling on the left; sad, afraid or angry on the right.</source>
        <translation>Un par caméra, trié selon ce qu’elle montre et jamais selon la place&#xa0;: souriants à gauche&#xa0;; tristes, effrayés ou en colère à droite.</translation>
    </message>
    <message>
        <source>One screen? Make the call smaller and place it beside the slides.</source>
        <translation>Un seul écran&#xa0;? Réduisez l’appel et placez-le à côté des diapositives.</translation>
    </message>
    <message>
        <source>Only one window of the program records at a time, and a lesson that is being recorded cannot be erased.</source>
        <translation>Une seule fenêtre du programme enregistre à la fois, et un cours en cours d’enregistrement ne peut pas être effacé.</translation>
    </message>
    <message>
        <source>Only what is visible on the screen is read. Who is under another window keeps their place and is not read. While it covers most of the call, the session waits.</source>
        <translation>Seul ce qui est visible à l’écran est lu. Les personnes sous une autre fenêtre gardent leur place et ne sont pas lues. Tant qu’elle couvre la plus grande partie de l’appel, la séance attend.</translation>
    </message>
    <message>
        <source>Open a lesson’s file only after pressing “Stop”.</source>
        <translation>N’ouvrez le fichier d’un cours qu’après «&#xa0;Arrêter&#xa0;».</translation>
    </message>
    <message>
        <source>Open it in a picture viewer, and save it as JPEG or PNG.</source>
        <translation>Ouvrez-la dans une visionneuse et enregistrez-la en JPEG ou PNG.</translation>
    </message>
    <message>
        <source>Open the call again: the program keeps looking for it.</source>
        <translation>Rouvrez l’appel&#xa0;: le programme continue à le chercher.</translation>
    </message>
    <message>
        <source>Open “What is read” if it is hidden.</source>
        <translation>Ouvrez «&#xa0;Ce qui est lu&#xa0;» si c’est masqué.</translation>
    </message>
    <message>
        <source>Or choose another folder in the settings, under “CSV files are saved in”.</source>
        <translation>Ou choisissez un autre dossier dans les paramètres, sous «&#xa0;Dossier des fichiers CSV&#xa0;».</translation>
    </message>
    <message>
        <source>Or choose the call’s window instead: it is followed wherever it moves.</source>
        <translation>Ou choisissez plutôt la fenêtre de l’appel&#xa0;: elle est suivie partout.</translation>
    </message>
    <message>
        <source>Or delete the file and start again with the default settings. Your lessons are kept.</source>
        <translation>Ou supprimez le fichier et repartez avec les valeurs par défaut. Vos cours sont conservés.</translation>
    </message>
    <message>
        <source>Or download YuNet’s .onnx file again and choose it in the settings.</source>
        <translation>Ou téléchargez à nouveau le fichier .onnx de YuNet et choisissez-le dans les paramètres.</translation>
    </message>
    <message>
        <source>Or press “Stop”, and draw the part again for a new lesson.</source>
        <translation>Ou appuyez sur «&#xa0;Arrêter&#xa0;», puis tracez à nouveau la partie pour un nouveau cours.</translation>
    </message>
    <message>
        <source>Or press “Stop”, and start a new lesson with the call’s window.</source>
        <translation>Ou appuyez sur «&#xa0;Arrêter&#xa0;», puis commencez un nouveau cours avec la fenêtre de l’appel.</translation>
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
        <source>Parquet needs pyarrow, which is not installed: `pip install pyarrow` beside this program, or choose CSV.</source>
        <translation>Parquet a besoin de pyarrow, qui n’est pas installé&#xa0;: `pip install pyarrow` à côté de ce programme, ou choisissez CSV.</translation>
    </message>
    <message>
        <source>Paste the text under “What others were told” into the chat, say it aloud too, and accept a no.</source>
        <translation>Collez dans le chat le texte de «&#xa0;Ce qui a été dit aux autres&#xa0;», dites-le aussi de vive voix, et acceptez un non.</translation>
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
        <source>People you left out may be counted again: leave them out once more.</source>
        <translation>Les personnes laissées de côté sont peut-être à nouveau comptées&#xa0;: laissez-les de côté encore une fois.</translation>
    </message>
    <message>
        <source>Picture lost</source>
        <translation>Image perdue</translation>
    </message>
    <message>
        <source>Play it in a video player. If that fails too, get another copy.</source>
        <translation>Essayez-la dans un lecteur vidéo. Si cela échoue aussi, procurez-vous une autre copie.</translation>
    </message>
    <message>
        <source>Please choose</source>
        <translation>Choisissez</translation>
    </message>
    <message>
        <source>Please report it with the log file named in the message. It contains no pictures.</source>
        <translation>Veuillez le signaler avec le journal nommé dans le message. Il ne contient aucune image.</translation>
    </message>
    <message>
        <source>Plug in the charger, and set the computer to stay awake while plugged in.</source>
        <translation>Branchez le chargeur, et réglez l’ordinateur pour qu’il reste éveillé sur secteur.</translation>
    </message>
    <message>
        <source>Plug in the charger.</source>
        <translation>Branchez le chargeur.</translation>
    </message>
    <message>
        <source>Plug it in, wait a few seconds, choose “Cameras and all others” under “More”, and press the camera’s card.</source>
        <translation>Branchez-la, attendez quelques secondes, choisissez «&#xa0;Caméras et toutes les autres&#xa0;» sous «&#xa0;Plus&#xa0;», puis appuyez sur la carte de la caméra.</translation>
    </message>
    <message>
        <source>Plug the monitor in again: the session goes on.</source>
        <translation>Rebranchez le moniteur&#xa0;: la séance reprend.</translation>
    </message>
    <message>
        <source>Press “Stop” in the other window or close it. This window then records from its next session.</source>
        <translation>Appuyez sur «&#xa0;Arrêter&#xa0;» dans l’autre fenêtre ou fermez-la. Celle-ci enregistre alors dès sa prochaine séance.</translation>
    </message>
    <message>
        <source>Press “This is me…” and click your own tile, so that you are not counted. Leave out anybody who says no.</source>
        <translation>Appuyez sur «&#xa0;C’est moi…&#xa0;» et cliquez sur votre propre vignette pour ne pas être compté. Laissez de côté toute personne qui dit non.</translation>
    </message>
    <message>
        <source>Press “What helps” in a message, or F1 while it is shown, and its page opens.</source>
        <translation>Appuyez sur «&#xa0;Que faire&#xa0;» dans un message, ou sur F1 tant qu’il est affiché&#xa0;: sa page s’ouvre.</translation>
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
        <source>Quiet after an alert</source>
        <translation>Silence après une alerte</translation>
    </message>
    <message>
        <source>Readily</source>
        <translation>Élevée</translation>
    </message>
    <message>
        <source>Reading the faces</source>
        <translation>Lecture des visages</translation>
    </message>
    <message>
        <source>Reading the faces.</source>
        <translation>Les visages sont en cours de lecture.</translation>
    </message>
    <message>
        <source>Reconnect the disk or network; what is waiting in memory is then written.</source>
        <translation>Reconnectez le disque ou le réseau&#xa0;; ce qui attend en mémoire est alors écrit.</translation>
    </message>
    <message>
        <source>Recording and lessons</source>
        <translation>Enregistrement et cours</translation>
    </message>
    <message>
        <source>Remember the last source</source>
        <translation>Se souvenir de la dernière source</translation>
    </message>
    <message>
        <source>Remove the write protection, or allow the program in the virus scanner.</source>
        <translation>Retirez la protection en écriture, ou autorisez le programme dans l’antivirus.</translation>
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
        <source>Save a copy of the list under a different name.</source>
        <translation>Enregistrez une copie de la liste sous un autre nom.</translation>
    </message>
    <message>
        <source>Saved lessons are damaged</source>
        <translation>Des cours enregistrés sont endommagés</translation>
    </message>
    <message>
        <source>Saved lessons cannot be used</source>
        <translation>Les cours enregistrés sont inutilisables</translation>
    </message>
    <message>
        <source>Seat view</source>
        <translation>Vue des places</translation>
    </message>
    <message>
        <source>See whether the call itself is still moving.</source>
        <translation>Regardez si l’appel lui-même bouge encore.</translation>
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
        <source>Share of the faces read that smile (up), and that look sad, afraid or angry (down); neutral is the space between. Full colour: more than usual, the dotted line. Grey: not seen.</source>
        <translation>Part des visages lus qui sourient (vers le haut) et qui ont l’air tristes, effrayés ou en colère (vers le bas)&#xa0;; neutre est l’espace entre les deux. Couleur pleine&#xa0;: plus que d’habitude, la ligne pointillée. Gris&#xa0;: non vu.</translation>
    </message>
    <message>
        <source>Show a row for each participant</source>
        <translation>Afficher une ligne par participant</translation>
    </message>
    <message>
        <source>Show fewer people per page, so that each face is larger.</source>
        <translation>Affichez moins de personnes par page, pour que chaque visage soit plus grand.</translation>
    </message>
    <message>
        <source>Simulated recordings need the encoders of PyAV: run `make setup EXTRAS=dev`, or `pip install av`.</source>
        <translation>Les vidéos simulées demandent les encodeurs de PyAV&#xa0;: lancez `make setup EXTRAS=dev` ou `pip install av`.</translation>
    </message>
    <message>
        <source>Since {time}. It changes nothing of what is usual.</source>
        <translation>Depuis {time}. Cela ne change rien à l’habituel.</translation>
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
        <source>Slides, a chat or a document cover the call.</source>
        <translation>Des diapositives, un chat ou un document couvrent l’appel.</translation>
    </message>
    <message>
        <source>Slower than usual</source>
        <translation>Plus lent que d’habitude</translation>
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
        <source>Somebody sits in the dark or in front of a window.</source>
        <translation>Quelqu’un est dans le noir ou devant une fenêtre.</translation>
    </message>
    <message>
        <source>Something covers the call</source>
        <translation>Quelque chose couvre l’appel</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Autre chose</translation>
    </message>
    <message>
        <source>Something happened that the program was not made for. The session goes on, or the affected part starts again.</source>
        <translation>Il s’est passé quelque chose que le programme ne sait pas traiter. La séance continue, ou la partie touchée redémarre.</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>Squares and bars jump to their place instead of gliding there</source>
        <translation>Les carrés et les barres vont à leur place d&apos;un coup au lieu de glisser</translation>
    </message>
    <message>
        <source>Squares and bars jump to their place instead of gliding there. Where the system asks for less motion it is so in any case.</source>
        <translation>Les carrés et les barres vont à leur place d&apos;un coup au lieu de glisser. Si le système demande moins de mouvement, c&apos;est déjà le cas.</translation>
    </message>
    <message>
        <source>Start the program again.</source>
        <translation>Relancez le programme.</translation>
    </message>
    <message>
        <source>Start the program again: it repairs the file and says what was rescued.</source>
        <translation>Relancez le programme&#xa0;: il répare le fichier et dit ce qui a été sauvé.</translation>
    </message>
    <message>
        <source>Suggest a lamp in front of the face instead of behind it.</source>
        <translation>Proposez une lampe devant le visage plutôt que derrière.</translation>
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
        <source>Switch the call to gallery view and press “Start a lesson”: the call’s window is found by itself. Or press “Draw a region”, and draw a rectangle around the faces.</source>
        <translation>Passez l’appel en mode galerie et appuyez sur «&#xa0;Commencer un cours&#xa0;»&#xa0;: la fenêtre de l’appel est trouvée toute seule. Ou appuyez sur «&#xa0;Tracer une zone&#xa0;» et tracez un rectangle autour des visages.</translation>
    </message>
    <message>
        <source>Switch the call to its gallery view.</source>
        <translation>Passez l’appel en mode galerie.</translation>
    </message>
    <message>
        <source>Switch the camera off in the call, or close the other program, and start again.</source>
        <translation>Éteignez la caméra dans l’appel, ou fermez l’autre programme, puis recommencez.</translation>
    </message>
    <message>
        <source>Teach. A glance at the sentence is enough; press M to mark a moment. “Stop” saves the lesson, and “Save or erase…” at home exports it as CSV for a spreadsheet.</source>
        <translation>Enseignez. Un coup d’œil à la phrase suffit&#xa0;; M marque un moment. «&#xa0;Arrêter&#xa0;» enregistre le cours, et «&#xa0;Enregistrer ou effacer…&#xa0;» à l’accueil l’exporte en CSV pour un tableur.</translation>
    </message>
    <message>
        <source>Teaching</source>
        <translation>Enseignement</translation>
    </message>
    <message>
        <source>Teams shows {shown} of {size}; a larger gallery can be chosen in Teams’ view.</source>
        <translation>Teams en montre {shown} sur {size}&#xa0;; l’affichage de Teams propose une plus grande galerie.</translation>
    </message>
    <message>
        <source>Tell the class before you begin: “Copy the text” gives you words for the chat.</source>
        <translation>Prévenez la classe avant de commencer&#xa0;: «&#xa0;Copier le texte&#xa0;» vous donne un message pour le chat.</translation>
    </message>
    <message>
        <source>Tell them</source>
        <translation>Prévenez-les</translation>
    </message>
    <message>
        <source>Ten people&apos;s votes</source>
        <translation>Le vote de dix personnes</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Taille du texte</translation>
    </message>
    <message>
        <source>The aliases in {file} cannot be changed: check that its folder can be written.</source>
        <translation>Les surnoms dans {file} ne peuvent pas être modifiés&#xa0;: vérifiez que son dossier est accessible en écriture.</translation>
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
        <source>The call and the screen</source>
        <translation>L’appel et l’écran</translation>
    </message>
    <message>
        <source>The call has ended, or its window was closed.</source>
        <translation>L’appel est terminé, ou sa fenêtre a été fermée.</translation>
    </message>
    <message>
        <source>The call has moved to another window, as some do in full screen or while sharing.</source>
        <translation>L’appel est passé dans une autre fenêtre, comme certains en plein écran ou pendant un partage.</translation>
    </message>
    <message>
        <source>The call shows slides or one speaker instead of the gallery.</source>
        <translation>L’appel montre des diapositives ou une seule personne au lieu de la galerie.</translation>
    </message>
    <message>
        <source>The call shows {shown} of {size}: no call shows more on one page.</source>
        <translation>L’appel en montre {shown} sur {size}&#xa0;: aucun n’en montre plus par page.</translation>
    </message>
    <message>
        <source>The call shows {shown} of {size}; a larger gallery would show more.</source>
        <translation>L’appel en montre {shown} sur {size}&#xa0;; une plus grande galerie en montrerait davantage.</translation>
    </message>
    <message>
        <source>The call, a video, an update or another program is using the processor.</source>
        <translation>L’appel, une vidéo, une mise à jour ou un autre programme utilise le processeur.</translation>
    </message>
    <message>
        <source>The call, the camera or the network has stopped.</source>
        <translation>L’appel, la caméra ou le réseau s’est arrêté.</translation>
    </message>
    <message>
        <source>The call’s window is not shown</source>
        <translation>La fenêtre de l’appel n’est pas affichée</translation>
    </message>
    <message>
        <source>The call’s window is small, or shows many people at once.</source>
        <translation>La fenêtre de l’appel est petite, ou montre beaucoup de personnes à la fois.</translation>
    </message>
    <message>
        <source>The call’s window was closed</source>
        <translation>La fenêtre de l’appel a été fermée</translation>
    </message>
    <message>
        <source>The camera is not found</source>
        <translation>La caméra est introuvable</translation>
    </message>
    <message>
        <source>The camera is there, but no picture comes from it.</source>
        <translation>La caméra est là, mais aucune image n’en vient.</translation>
    </message>
    <message>
        <source>The camera sends no pictures</source>
        <translation>La caméra n’envoie pas d’images</translation>
    </message>
    <message>
        <source>The chosen part of the screen is gone</source>
        <translation>La partie d’écran choisie n’est plus là</translation>
    </message>
    <message>
        <source>The chosen part of the screen is on no monitor: choose it again.</source>
        <translation>La partie d’écran choisie n’est sur aucun écran&#xa0;: choisissez-la de nouveau.</translation>
    </message>
    <message>
        <source>The computer finds no camera, or not the one you chose.</source>
        <translation>L’ordinateur ne trouve aucune caméra, ou pas celle que vous avez choisie.</translation>
    </message>
    <message>
        <source>The computer is busy, so faces are read less often. The call comes first, and the figures may have gaps.</source>
        <translation>L’ordinateur est occupé&#xa0;: les visages sont lus moins souvent. L’appel passe d’abord, et les chiffres peuvent avoir des trous.</translation>
    </message>
    <message>
        <source>The computer is too busy to deliver pictures.</source>
        <translation>L’ordinateur est trop occupé pour fournir des images.</translation>
    </message>
    <message>
        <source>The computer was asleep</source>
        <translation>L’ordinateur était en veille</translation>
    </message>
    <message>
        <source>The computer was asleep.</source>
        <translation>L’ordinateur était en veille.</translation>
    </message>
    <message>
        <source>The connection is slow, so that pictures are blurred or stand still.</source>
        <translation>La connexion est lente&#xa0;: les images sont floues ou figées.</translation>
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
        <source>The course of the lesson</source>
        <translation>Le déroulement du cours</translation>
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
        <source>The disk does not answer</source>
        <translation>Le disque ne répond pas</translation>
    </message>
    <message>
        <source>The disk does not answer: what is not saved waits in memory until it does.</source>
        <translation>Le disque ne répond pas&#xa0;: ce qui n’est pas enregistré attend en mémoire.</translation>
    </message>
    <message>
        <source>The disk has no room left, or your share of it is used up.</source>
        <translation>Le disque n’a plus de place, ou votre part est épuisée.</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>Le disque est plein</translation>
    </message>
    <message>
        <source>The disk is full, or the folder is write-protected.</source>
        <translation>Le disque est plein, ou le dossier est protégé en écriture.</translation>
    </message>
    <message>
        <source>The disk may be failing.</source>
        <translation>Le disque est peut-être en train de lâcher.</translation>
    </message>
    <message>
        <source>The disk or network drive where files are saved is gone or reports an error.</source>
        <translation>Le disque ou le lecteur réseau où les fichiers sont enregistrés n’est plus là ou signale une erreur.</translation>
    </message>
    <message>
        <source>The face detector file chosen in the settings does not fit.</source>
        <translation>Le fichier de détecteur choisi dans les paramètres ne convient pas.</translation>
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
        <source>The file is incomplete. Everything up to the break was read and saved.</source>
        <translation>Le fichier est incomplet. Tout jusqu’à la coupure a été lu et enregistré.</translation>
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
        <source>The file was moved or deleted, or is not a YuNet file, the only kind supported.</source>
        <translation>Le fichier a été déplacé ou supprimé, ou n’est pas un fichier YuNet, le seul type accepté.</translation>
    </message>
    <message>
        <source>The file was moved or deleted, or is not a network.</source>
        <translation>Le fichier a été déplacé ou supprimé, ou n’est pas un réseau.</translation>
    </message>
    <message>
        <source>The file with your saved lessons was damaged. The program rescues what it can and keeps the damaged file.</source>
        <translation>Le fichier de vos cours enregistrés a été endommagé. Le programme sauve ce qu’il peut et garde le fichier endommagé.</translation>
    </message>
    <message>
        <source>The file with your settings cannot be used as it is.</source>
        <translation>Le fichier de vos paramètres ne peut pas être utilisé tel quel.</translation>
    </message>
    <message>
        <source>The file you chose cannot be played.</source>
        <translation>Le fichier choisi ne peut pas être lu.</translation>
    </message>
    <message>
        <source>The folder is gone, belongs to somebody else, or is write-protected.</source>
        <translation>Le dossier n’est plus là, appartient à quelqu’un d’autre ou est protégé.</translation>
    </message>
    <message>
        <source>The folder that reports and other copies of lessons were saved in last</source>
        <translation>Le dossier où les rapports et autres copies de cours ont été enregistrés en dernier</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be written: choose another with --out.</source>
        <translation>Impossible d’écrire dans le dossier {folder}&#xa0;: choisissez-en un autre avec --out.</translation>
    </message>
    <message>
        <source>The folder {folder} is not there: choose another, or connect its drive.</source>
        <translation>Le dossier {folder} n’est pas là&#xa0;: choisissez-en un autre ou branchez son disque.</translation>
    </message>
    <message>
        <source>The folder {out} cannot be made: choose another.</source>
        <translation>Impossible de créer le dossier {out}&#xa0;: choisissez-en un autre.</translation>
    </message>
    <message>
        <source>The installation was interrupted, or a virus scanner removed a file.</source>
        <translation>L’installation a été interrompue, ou un antivirus a retiré un fichier.</translation>
    </message>
    <message>
        <source>The language cannot be shown</source>
        <translation>La langue ne peut pas être affichée</translation>
    </message>
    <message>
        <source>The law</source>
        <translation>La loi</translation>
    </message>
    <message>
        <source>The lesson</source>
        <translation>Le cours</translation>
    </message>
    <message>
        <source>The lesson or its figures cannot be found among your saved lessons.</source>
        <translation>Le cours ou ses chiffres sont introuvables parmi vos cours enregistrés.</translation>
    </message>
    <message>
        <source>The lesson’s file was moved or changed</source>
        <translation>Le fichier du cours a été déplacé ou modifié</translation>
    </message>
    <message>
        <source>The lid was closed, or the computer went to sleep by itself.</source>
        <translation>Le capot a été fermé, ou l’ordinateur s’est mis en veille tout seul.</translation>
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
        <source>The mini strip</source>
        <translation>La petite barre</translation>
    </message>
    <message>
        <source>The monitor with the chosen part of the screen was unplugged or changed: plug it in again, or choose the part again.</source>
        <translation>L’écran avec la partie choisie a été débranché ou modifié&#xa0;: rebranchez-le, ou choisissez de nouveau la partie.</translation>
    </message>
    <message>
        <source>The network file chosen in the settings does not fit. Nothing is read with it.</source>
        <translation>Le fichier de réseau choisi dans les paramètres ne convient pas. Rien n’est lu avec lui.</translation>
    </message>
    <message>
        <source>The network is down, the sender is switched off, or its address has changed.</source>
        <translation>Le réseau est coupé, l’émetteur est éteint, ou son adresse a changé.</translation>
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
        <source>The other computer answers but does not let you in (401 or 403).</source>
        <translation>L’autre ordinateur répond mais ne vous laisse pas entrer (401 ou 403).</translation>
    </message>
    <message>
        <source>The other lesson is {minutes} min longer; its end is not shown.</source>
        <translation>L’autre cours dure {minutes} min de plus&#xa0;; sa fin n’est pas montrée.</translation>
    </message>
    <message>
        <source>The part of the screen you drew does not contain the faces.</source>
        <translation>La partie d’écran tracée ne contient pas les visages.</translation>
    </message>
    <message>
        <source>The part of the screen you drew is no longer on any monitor.</source>
        <translation>La partie d’écran que vous avez tracée n’est plus sur aucun moniteur.</translation>
    </message>
    <message>
        <source>The picture cannot be saved as {path}: check that its folder can be written.</source>
        <translation>L’image ne peut pas être enregistrée dans {path}&#xa0;: vérifiez qu’on peut écrire dans son dossier.</translation>
    </message>
    <message>
        <source>The picture is lost</source>
        <translation>L’image est perdue</translation>
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
        <source>The power failed at a bad moment, the disk has errors, or another program wrote into it.</source>
        <translation>Le courant a été coupé au mauvais moment, le disque a des erreurs, ou un autre programme y a écrit.</translation>
    </message>
    <message>
        <source>The program cannot open or add to the file with your saved lessons. The lesson’s CSV file is still written.</source>
        <translation>Le programme ne peut ni ouvrir ni compléter le fichier de vos cours enregistrés. Le fichier CSV du cours est tout de même écrit.</translation>
    </message>
    <message>
        <source>The program did not begin a session on the demo class: try `demo --out DIR` to see why.</source>
        <translation>Le programme n’a pas commencé de séance avec la classe de démo&#xa0;: `demo --out DIR` dit pourquoi.</translation>
    </message>
    <message>
        <source>The program is incomplete</source>
        <translation>Le programme est incomplet</translation>
    </message>
    <message>
        <source>The program is not allowed to write there.</source>
        <translation>Le programme n’a pas le droit d’écrire à cet endroit.</translation>
    </message>
    <message>
        <source>The program is open twice, perhaps on another desktop, or a lesson is still running.</source>
        <translation>Le programme est ouvert deux fois, peut-être sur un autre bureau, ou un cours est encore en route.</translation>
    </message>
    <message>
        <source>The program keeps a list of when you gave which answers. It cannot write or read that list.</source>
        <translation>Le programme tient une liste de vos réponses et de leurs dates. Il ne peut ni l’écrire ni la lire.</translation>
    </message>
    <message>
        <source>The program&apos;s folder {name} is missing: install it again.</source>
        <translation>Le dossier {name} du programme manque&#xa0;: réinstallez-le.</translation>
    </message>
    <message>
        <source>The question cannot be answered ({error}): look at its words; docs/store.md has the columns.</source>
        <translation>La question ne peut pas recevoir de réponse ({error})&#xa0;: vérifiez ses mots&#xa0;; les colonnes sont dans docs/store.md.</translation>
    </message>
    <message>
        <source>The question took longer than {seconds} s: ask for fewer lessons, or for one at a time.</source>
        <translation>La question a pris plus de {seconds} s&#xa0;: demandez moins de cours, ou un à la fois.</translation>
    </message>
    <message>
        <source>The questions have not been answered, or are asked again because their text changed.</source>
        <translation>Les questions n’ont pas encore reçu de réponse, ou sont posées à nouveau car leur texte a changé.</translation>
    </message>
    <message>
        <source>The reading of frames ended by a fault; it is started again.</source>
        <translation>La lecture des images s’est arrêtée sur un défaut&#xa0;; elle reprend.</translation>
    </message>
    <message>
        <source>The recording breaks off</source>
        <translation>La vidéo s’interrompt</translation>
    </message>
    <message>
        <source>The recording cannot be read</source>
        <translation>La vidéo ne peut pas être lue</translation>
    </message>
    <message>
        <source>The recording program crashed, or its disk was full.</source>
        <translation>Le programme d’enregistrement a planté, ou son disque était plein.</translation>
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
        <source>The report could not be painted: save it as a web page, and print that.</source>
        <translation>Le rapport n’a pas pu être dessiné&#xa0;: enregistrez-le en page web et imprimez-la.</translation>
    </message>
    <message>
        <source>The run was too short to be measured: give it 10 seconds or more.</source>
        <translation>L’essai était trop court pour être mesuré&#xa0;: donnez-lui 10 secondes ou plus.</translation>
    </message>
    <message>
        <source>The screen cannot be captured: unlock it, or start this program on a desktop.</source>
        <translation>L’écran ne peut pas être capturé&#xa0;: déverrouillez-le, ou lancez ce programme sur un bureau.</translation>
    </message>
    <message>
        <source>The screen cannot be seen</source>
        <translation>L’écran ne peut pas être vu</translation>
    </message>
    <message>
        <source>The screen is locked, or there is no desktop.</source>
        <translation>L’écran est verrouillé, ou il n’y a pas de bureau.</translation>
    </message>
    <message>
        <source>The screen shows colours in {depth} bits, which cannot be captured: set it to 24 bits (in Xorg&apos;s configuration, DefaultDepth 24), then start again.</source>
        <translation>L’écran affiche les couleurs sur {depth} bits et ne peut pas être lu ainsi&#xa0;: réglez-le sur 24 bits (dans la configuration de Xorg, DefaultDepth 24), puis recommencez.</translation>
    </message>
    <message>
        <source>The sentence</source>
        <translation>La phrase</translation>
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
        <source>The settings</source>
        <translation>Les paramètres</translation>
    </message>
    <message>
        <source>The settings cannot be read or saved</source>
        <translation>Les paramètres ne peuvent pas être lus ou enregistrés</translation>
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
        <source>The squares</source>
        <translation>Les carrés</translation>
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
        <source>The stream cannot be reached, or was interrupted.</source>
        <translation>Le flux est injoignable, ou a été interrompu.</translation>
    </message>
    <message>
        <source>The stream from {name} broke off: check the network, then start again.</source>
        <translation>Le flux de {name} s’est interrompu&#xa0;: vérifiez le réseau, puis recommencez.</translation>
    </message>
    <message>
        <source>The stream refuses access</source>
        <translation>Le flux refuse l’accès</translation>
    </message>
    <message>
        <source>The stream’s address is not understood</source>
        <translation>L’adresse du flux n’est pas comprise</translation>
    </message>
    <message>
        <source>The system came without fonts for it.</source>
        <translation>Le système est venu sans police pour elle.</translation>
    </message>
    <message>
        <source>The system does not allow programs to use the camera.</source>
        <translation>Le système ne laisse pas les programmes utiliser la caméra.</translation>
    </message>
    <message>
        <source>The system does not let this program see the screen, so it cannot read a call.</source>
        <translation>Le système ne laisse pas ce programme voir l’écran, il ne peut donc lire aucun appel.</translation>
    </message>
    <message>
        <source>The system’s protection or a virus scanner blocks it.</source>
        <translation>Une protection du système ou un antivirus l’empêche.</translation>
    </message>
    <message>
        <source>The user name or password is missing or wrong, or this user may not see the address.</source>
        <translation>Le nom ou le mot de passe manque ou est faux, ou cet utilisateur n’a pas accès à l’adresse.</translation>
    </message>
    <message>
        <source>The window being read is gone. Nothing is read until it is back.</source>
        <translation>La fenêtre lue n’est plus là. Rien n’est lu jusqu’à son retour.</translation>
    </message>
    <message>
        <source>The window could not be measured: see the line above.</source>
        <translation>La fenêtre n’a pas pu être mesurée&#xa0;: voyez la ligne ci-dessus.</translation>
    </message>
    <message>
        <source>The window exists but is not on the screen, so nothing is read. The session only waits.</source>
        <translation>La fenêtre existe mais n’est pas à l’écran, donc rien n’est lu. La séance attend, c’est tout.</translation>
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
        <source>Then try again to erase or save the lesson.</source>
        <translation>Essayez ensuite à nouveau d’effacer ou d’enregistrer le cours.</translation>
    </message>
    <message>
        <source>There are no pictures in {path}: choose a folder with JPEG or PNG files.</source>
        <translation>Il n’y a pas d’images dans {path}&#xa0;: choisissez un dossier de fichiers JPEG ou PNG.</translation>
    </message>
    <message>
        <source>There is a picture, but no face is found in it.</source>
        <translation>Il y a une image, mais aucun visage n’y est trouvé.</translation>
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
        <source>They are off until you switch them on, one by one, in the settings.</source>
        <translation>Elles sont désactivées tant que vous ne les activez pas, une par une, dans les paramètres.</translation>
    </message>
    <message>
        <source>This desktop (Wayland) does not let programs capture its screen: log out, choose an X11 (Xorg) session when you log in, then start again.</source>
        <translation>Ce bureau (Wayland) ne laisse pas les programmes capturer l’écran&#xa0;: déconnectez-vous, choisissez une session X11 (Xorg) à la connexion, puis relancez.</translation>
    </message>
    <message>
        <source>This lasts for one lesson. Nothing about a face is kept, so do it again in the next one.</source>
        <translation>Cela vaut pour un cours. Rien n’est gardé d’un visage&#xa0;: refaites-le au cours suivant.</translation>
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
        <source>This lesson is no longer stored: begin a new session.</source>
        <translation>Ce cours n’est plus enregistré&#xa0;: commencez une nouvelle séance.</translation>
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
        <source>This program’s own window covers it. It never reads itself, so that part is left out.</source>
        <translation>La fenêtre de ce programme le couvre. Il ne se lit jamais lui-même&#xa0;: cette partie est laissée de côté.</translation>
    </message>
    <message>
        <source>This stays off with your answers</source>
        <translation>Avec vos réponses, ceci reste fermé</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Time constant of the smoothing; 0 is none</source>
        <translation>Constante de temps du lissage&#xa0;; 0 pour aucun</translation>
    </message>
    <message>
        <source>To read the class, choose the call’s window: your camera only shows you.</source>
        <translation>Pour lire la classe, choisissez la fenêtre de l’appel&#xa0;: votre caméra ne montre que vous.</translation>
    </message>
    <message>
        <source>To try it without a class, choose “Demo class” under “More”: its faces are generated.</source>
        <translation>Pour essayer sans classe, choisissez «&#xa0;Classe de démo&#xa0;» sous «&#xa0;Plus&#xa0;»&#xa0;: ses visages sont générés.</translation>
    </message>
    <message>
        <source>Too few faces</source>
        <translation>Trop peu de visages</translation>
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
        <source>Trust changes more than numbers. A face is not a feeling, and many faces are misread.</source>
        <translation>Fiez-vous aux changements plus qu’aux chiffres. Un visage n’est pas un sentiment, et beaucoup de visages sont mal lus.</translation>
    </message>
    <message>
        <source>Try another USB port, without a hub.</source>
        <translation>Essayez une autre prise USB, sans concentrateur.</translation>
    </message>
    <message>
        <source>Try the same address in a video player.</source>
        <translation>Essayez la même adresse dans un lecteur vidéo.</translation>
    </message>
    <message>
        <source>Turned away</source>
        <translation>Détournés</translation>
    </message>
    <message>
        <source>Two screens? Put the call on one and your slides on the other.</source>
        <translation>Deux écrans&#xa0;? Mettez l’appel sur l’un et vos diapositives sur l’autre.</translation>
    </message>
    <message>
        <source>Unlock the screen. If it is set to few colours, set it to 24 bits.</source>
        <translation>Déverrouillez l’écran. S’il affiche peu de couleurs, réglez-le sur 24 bits.</translation>
    </message>
    <message>
        <source>Unplug the camera and plug it in again.</source>
        <translation>Débranchez la caméra et rebranchez-la.</translation>
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
        <source>Use the demo class, your own camera, or a recording of yourself.</source>
        <translation>Utilisez la classe de démo, votre propre caméra ou une vidéo de vous-même.</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>L’habitude</translation>
    </message>
    <message>
        <source>Usual look</source>
        <translation>Air habituel</translation>
    </message>
    <message>
        <source>Usual: the median and the middle 80 % of {count} earlier lessons of this class.</source>
        <translation>D’habitude&#xa0;: la médiane et les 80 % du milieu de {count} cours précédents de cette classe.</translation>
    </message>
    <message>
        <source>Wait a minute, and open “Saved lessons” again.</source>
        <translation>Attendez une minute, puis rouvrez «&#xa0;Cours enregistrés&#xa0;».</translation>
    </message>
    <message>
        <source>Wait a moment: an interrupted stream is opened again automatically.</source>
        <translation>Attendez un instant&#xa0;: un flux interrompu est rouvert automatiquement.</translation>
    </message>
    <message>
        <source>Wait half a minute.</source>
        <translation>Attendez une demi-minute.</translation>
    </message>
    <message>
        <source>Waiting: a window of this program lies over the call.</source>
        <translation>En attente&#xa0;: une fenêtre de ce programme recouvre l’appel.</translation>
    </message>
    <message>
        <source>Waiting: another window covers the call.</source>
        <translation>En attente&#xa0;: une autre fenêtre couvre l’appel.</translation>
    </message>
    <message>
        <source>Waiting: the call&apos;s window is not shown.</source>
        <translation>En attente&#xa0;: la fenêtre de l’appel n’est pas visible.</translation>
    </message>
    <message>
        <source>Was an answer wrong? Press “Change answers” and answer truthfully.</source>
        <translation>Une réponse était fausse&#xa0;? Appuyez sur «&#xa0;Changer les réponses&#xa0;» et répondez sincèrement.</translation>
    </message>
    <message>
        <source>Was it a newer version? Install that again.</source>
        <translation>Était-ce une version plus récente&#xa0;? Réinstallez-la.</translation>
    </message>
    <message>
        <source>What are the calls?</source>
        <translation>À quoi servent les appels&#xa0;?</translation>
    </message>
    <message>
        <source>What helps</source>
        <translation>Que faire</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Ce qui est montré</translation>
    </message>
    <message>
        <source>What is usual takes {least} earlier lessons of this class. So far: {count}. Nothing is compared.</source>
        <translation>Il faut {least} cours précédents de cette classe pour savoir ce qui est habituel. Jusqu’ici&#xa0;: {count}. Rien n’est comparé.</translation>
    </message>
    <message>
        <source>What others are told, and the law</source>
        <translation>Ce qui est dit aux autres, et la loi</translation>
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
        <source>What the words mean</source>
        <translation>Ce que veulent dire les mots</translation>
    </message>
    <message>
        <source>What this class showed over the last ten minutes of this lesson. The first five minutes are spent learning it.</source>
        <translation>Ce que cette classe a montré pendant les dix dernières minutes de ce cours. Les cinq premières minutes servent à l’apprendre.</translation>
    </message>
    <message>
        <source>What you typed is not the address of a stream.</source>
        <translation>Ce que vous avez saisi n’est pas l’adresse d’un flux.</translation>
    </message>
    <message>
        <source>When something goes wrong</source>
        <translation>Quand ça ne marche pas</translation>
    </message>
    <message>
        <source>When you share your screen, others see it until you tick “The class has been told”. From then on it is hidden from them, where the system allows that.</source>
        <translation>Quand vous partagez votre écran, les autres la voient jusqu’à ce que vous cochiez «&#xa0;La classe a été prévenue&#xa0;». Ensuite elle leur est cachée, là où le système le permet.</translation>
    </message>
    <message>
        <source>Where CSV files are saved</source>
        <translation>Avec les fichiers CSV</translation>
    </message>
    <message>
        <source>Where is the class held?</source>
        <translation>Où la classe a-t-elle lieu&#xa0;?</translation>
    </message>
    <message>
        <source>Where my lessons are</source>
        <translation>Où sont mes cours</translation>
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
        <source>While the session ran, its file was touched by somebody or something else. It was written again in full: nothing is lost.</source>
        <translation>Pendant la séance, quelqu’un ou quelque chose a touché à son fichier. Il a été réécrit en entier&#xa0;: rien n’est perdu.</translation>
    </message>
    <message>
        <source>Why it may be</source>
        <translation>Causes possibles</translation>
    </message>
    <message>
        <source>With fewer than ten faces it only says what most show, never a change.</source>
        <translation>Avec moins de dix visages, il dit seulement ce que montre la plupart, jamais un changement.</translation>
    </message>
    <message>
        <source>With the keyboard: Tab to the picture, arrow keys to the tile, then Space.</source>
        <translation>Au clavier&#xa0;: Tab jusqu’à l’image, flèches jusqu’à la vignette, puis Espace.</translation>
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
        <source>Write both before the computer’s name: rtsp://user:password@computer.</source>
        <translation>Écrivez les deux avant le nom de l’ordinateur&#xa0;: rtsp://user:password@computer.</translation>
    </message>
    <message>
        <source>You erased it, or its time was over: see “Lessons are kept” in the settings.</source>
        <translation>Vous l’avez effacé, ou sa durée était écoulée&#xa0;: voyez «&#xa0;Durée de garde&#xa0;» dans les paramètres.</translation>
    </message>
    <message>
        <source>You need not do anything. The message says which file is the right one now.</source>
        <translation>Vous n’avez rien à faire. Le message dit quel fichier est le bon à présent.</translation>
    </message>
    <message>
        <source>Your answers cannot be kept in {file}: check that its folder can be written.</source>
        <translation>Vos réponses ne peuvent pas être gardées dans {file}&#xa0;: vérifiez qu’on peut écrire dans son dossier.</translation>
    </message>
    <message>
        <source>Your answers cannot be saved</source>
        <translation>Vos réponses ne peuvent pas être enregistrées</translation>
    </message>
    <message>
        <source>Your notes</source>
        <translation>Vos notes</translation>
    </message>
    <message>
        <source>Your own face detector cannot be used</source>
        <translation>Votre propre détecteur de visages ne peut pas être utilisé</translation>
    </message>
    <message>
        <source>Your own network cannot be used</source>
        <translation>Votre propre réseau ne peut pas être utilisé</translation>
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
        <source>Zoom shows {shown} of {size}; 49 a page can be set in Zoom.</source>
        <translation>Zoom en montre {shown} sur {size}&#xa0;; on peut régler 49 par page dans Zoom.</translation>
    </message>
    <message>
        <source>all</source>
        <translation>tous</translation>
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
        <source>cameras on and read</source>
        <translation>caméras allumées et lues</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>abîmé</translation>
    </message>
    <message>
        <source>from {begin} to {end}</source>
        <translation>de {begin} à {end}</translation>
    </message>
    <message>
        <source>half</source>
        <translation>moitié</translation>
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
        <source>lesson</source>
        <translation>cours</translation>
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
        <source>macOS does not let this program see the screen: allow it under System Settings, Privacy &amp; Security, Screen Recording, then open it again.</source>
        <translation>macOS ne laisse pas ce programme voir l’écran&#xa0;: autorisez-le dans Réglages Système, Confidentialité et sécurité, Enregistrement de l’écran, puis rouvrez-le.</translation>
    </message>
    <message>
        <source>macOS needs your permission, and it was not given.</source>
        <translation>macOS demande votre autorisation, et elle n’a pas été donnée.</translation>
    </message>
    <message>
        <source>min</source>
        <translation>min</translation>
    </message>
    <message>
        <source>moments</source>
        <translation>moments</translation>
    </message>
    <message>
        <source>most of the time</source>
        <translation>la plupart du temps</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
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
        <source>{day}, {begin} to {end}</source>
        <translation>{day}, de {begin} à {end}</translation>
    </message>
    <message>
        <source>{expected} rows were expected, {written} are in the files, {stored} in the store.</source>
        <translation>{expected} lignes étaient attendues, {written} sont dans les fichiers, {stored} dans la base.</translation>
    </message>
    <message>
        <source>{faces} of {cameras}</source>
        <translation>{faces} sur {cameras}</translation>
    </message>
    <message>
        <source>{file} cannot be opened: check its name, and that you may read it.</source>
        <translation>{file} ne peut pas être ouvert&#xa0;: vérifiez son nom et votre droit de le lire.</translation>
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
        <source>{file} could not be written whole: check its disk, and save it again.</source>
        <translation>{file} n’a pas pu être écrit en entier&#xa0;: vérifiez son disque et enregistrez de nouveau.</translation>
    </message>
    <message>
        <source>{file} has no rows: there is nothing to take over.</source>
        <translation>{file} n’a aucune ligne&#xa0;: il n’y a rien à reprendre.</translation>
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
        <source>{file} is damaged: nothing was taken from it; choose another backup.</source>
        <translation>{file} est endommagé&#xa0;: rien n’en a été repris&#xa0;; choisissez une autre sauvegarde.</translation>
    </message>
    <message>
        <source>{file} is in your lessons already, as number {id}: nothing was changed.</source>
        <translation>{file} est déjà parmi vos cours, sous le numéro {id}&#xa0;: rien n’a été changé.</translation>
    </message>
    <message>
        <source>{file} is no YuNet file that OpenCV reads: choose another in the settings, or leave it empty there.</source>
        <translation>{file} n’est pas un fichier YuNet que lit OpenCV&#xa0;: choisissez-en un autre dans les paramètres, ou laissez le champ vide.</translation>
    </message>
    <message>
        <source>{file} is no backup of this program: choose a file that “Back up all” or `sessions backup` made.</source>
        <translation>{file} n’est pas une sauvegarde de ce programme&#xa0;: choisissez un fichier fait par «&#xa0;Tout sauvegarder&#xa0;» ou `sessions backup`.</translation>
    </message>
    <message>
        <source>{file} is no session of this program: choose a CSV file that it has written.</source>
        <translation>{file} n’est pas une séance de ce programme&#xa0;: choisissez un fichier CSV qu’il a écrit.</translation>
    </message>
    <message>
        <source>{file} was changed, or is damaged, in line {line}: choose the CSV file as this program wrote it.</source>
        <translation>{file} a été modifié ou est endommagé à la ligne {line}&#xa0;: choisissez le fichier CSV tel que ce programme l’a écrit.</translation>
    </message>
    <message>
        <source>{file} was written by a newer version of this program: install that one first.</source>
        <translation>{file} vient d’une version plus récente de ce programme&#xa0;: installez d’abord celle-ci.</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{length}: another window covered the call.</source>
        <translation>{length}&#xa0;: une autre fenêtre couvrait l’appel.</translation>
    </message>
    <message>
        <source>{length}: fewer than 5 faces were read, and are not told of.</source>
        <translation>{length}&#xa0;: moins de 5 visages étaient lus, et il n’en est rien dit.</translation>
    </message>
    <message>
        <source>{length}: nothing was read yet.</source>
        <translation>{length}&#xa0;: rien n’était encore lu.</translation>
    </message>
    <message>
        <source>{length}: paused.</source>
        <translation>{length}&#xa0;: en pause.</translation>
    </message>
    <message>
        <source>{length}: stopped, and then resumed.</source>
        <translation>{length}&#xa0;: arrêtée, puis reprise.</translation>
    </message>
    <message>
        <source>{length}: the computer was asleep.</source>
        <translation>{length}&#xa0;: l’ordinateur était en veille.</translation>
    </message>
    <message>
        <source>{length}: the computer was busy.</source>
        <translation>{length}&#xa0;: l’ordinateur était occupé.</translation>
    </message>
    <message>
        <source>{length}: there was no picture.</source>
        <translation>{length}&#xa0;: il n’y avait pas d’image.</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
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
        <source>{path} was moved, erased or changed since: begin a new session.</source>
        <translation>{path} a été déplacé, effacé ou modifié entre-temps&#xa0;: commencez une nouvelle séance.</translation>
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
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
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
    <message>
        <source>“?” marks a face that no reading is sure of. A dashed square is a camera with no face in view.</source>
        <translation>«&#xa0;?&#xa0;» marque un visage dont aucune lecture n’est sûre. Un carré en pointillés est une caméra sans visage à l’image.</translation>
    </message>
    <message>
        <source>“Change answers” in the “Help” menu shows your answers and what follows from them.</source>
        <translation>«&#xa0;Changer les réponses&#xa0;» dans le menu «&#xa0;Aide&#xa0;» montre vos réponses et leurs conséquences.</translation>
    </message>
    <message>
        <source>“Erase” removes it for good, with its CSV file and from backups; you have a few seconds to undo. Copies you saved elsewhere stay.</source>
        <translation>«&#xa0;Effacer&#xa0;» le supprime pour de bon, avec son fichier CSV et dans les sauvegardes&#xa0;; vous avez quelques secondes pour annuler. Vos copies ailleurs restent.</translation>
    </message>
    <message>
        <source>“Leave them out” gives up the seconds that are still waiting. Everything before is kept.</source>
        <translation>«&#xa0;Les laisser de côté&#xa0;» abandonne les secondes en attente. Tout ce qui précède est gardé.</translation>
    </message>
    <message>
        <source>“Mark this moment” adds a marker where the alert was, also when you press it later.</source>
        <translation>«&#xa0;Marquer ce moment&#xa0;» ajoute un repère là où était l’alerte, même si vous appuyez plus tard.</translation>
    </message>
    <message>
        <source>“Quiet” holds back alerts for a while.</source>
        <translation>«&#xa0;Silence&#xa0;» retient les alertes pendant un moment.</translation>
    </message>
    <message>
        <source>“Useful” and “Not useful” are saved with the lesson.</source>
        <translation>«&#xa0;Utile&#xa0;» et «&#xa0;Pas utile&#xa0;» sont enregistrés avec le cours.</translation>
    </message>
    <message>
        <source>“Your lessons” lists them, and “Save or erase…” exports one as CSV for a spreadsheet. Unless you switch that off, a CSV file is also written during each session, in “FER Desktop” in your documents.</source>
        <translation>«&#xa0;Vos cours&#xa0;» les liste, et «&#xa0;Enregistrer ou effacer…&#xa0;» en exporte un en CSV pour un tableur. Sauf si vous le désactivez, un fichier CSV est aussi écrit pendant chaque séance, dans «&#xa0;FER Desktop&#xa0;» de vos documents.</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
    <message>
        <source>What helps</source>
        <translation>Que faire</translation>
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
        <source>Turned away from the camera is aside, up or down, as to a desk or a phone. It is what is seen, and says nothing of where somebody’s mind is.</source>
        <translation>Détourné de la caméra veut dire&#xa0;: sur le côté, vers le haut ou vers le bas, par exemple vers un bureau ou un téléphone. C’est ce qui se voit. Cela ne dit pas à quoi pense la personne.</translation>
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
    <name>Moments</name>
    <message>
        <source>Choose a moment in the lesson first, then name it (M)</source>
        <translation>Choisissez d’abord un moment du cours, puis nommez-le (M)</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Marquer</translation>
    </message>
    <message>
        <source>Moments</source>
        <translation>Moments</translation>
    </message>
    <message>
        <source>Name the chosen moment (M)</source>
        <translation>Nommer le moment choisi (M)</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Remove the chosen marker (Delete)</source>
        <translation>Supprimer le repère choisi (Suppr)</translation>
    </message>
    <message>
        <source>Removed: {name}</source>
        <translation>Supprimé&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>Type another name for the chosen marker (F2)</source>
        <translation>Donner un autre nom au repère choisi (F2)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>MomentsModel</name>
    <message>
        <source>Alert</source>
        <translation>Alerte</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Changement</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>Interruption</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Repère</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>arrêtée</translation>
    </message>
    <message>
        <source>{kind}: {text}</source>
        <comment>a kind of moment, and what it was</comment>
        <translation>{kind}&#xa0;: {text}</translation>
    </message>
    <message>
        <source>{why}, for {length}</source>
        <comment>why a lesson was not seen, and for how long</comment>
        <translation>{why}, pendant {length}</translation>
    </message>
</context>
<context>
    <name>MomentsTable</name>
    <message>
        <source>Moments</source>
        <translation>Moments</translation>
    </message>
    <message>
        <source>Nothing was marked, and nothing changed by more than chance.</source>
        <translation>Rien n’a été marqué, et rien n’a changé plus que par hasard.</translation>
    </message>
</context>
<context>
    <name>Name</name>
    <message>
        <source>Name of the lesson</source>
        <translation>Nom du cours</translation>
    </message>
    <message>
        <source>Rename the lesson</source>
        <translation>Renommer le cours</translation>
    </message>
    <message>
        <source>Rename the lesson (F2)</source>
        <translation>Renommer le cours (F2)</translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message>
        <source>Not saved</source>
        <translation>Non enregistré</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Enregistré</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Enregistrement…</translation>
    </message>
    <message>
        <source>What you want to remember of this lesson. Name no student.</source>
        <translation>Ce que vous voulez retenir de ce cours. Ne nommez aucun élève.</translation>
    </message>
    <message>
        <source>Your notes</source>
        <translation>Vos notes</translation>
    </message>
</context>
<context>
    <name>NothingFound</name>
    <message>
        <source>Names, classes and what markers say are searched. Fewer letters find more.</source>
        <translation>La recherche porte sur les noms, les classes et le texte des repères. Moins de lettres trouvent davantage.</translation>
    </message>
    <message>
        <source>No lesson matches “{text}”</source>
        <translation>Aucun cours ne correspond à «&#xa0;{text}&#xa0;»</translation>
    </message>
    <message>
        <source>Show all lessons</source>
        <translation>Afficher tous les cours</translation>
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
    <name>Objection</name>
    <message>
        <source>End and erase</source>
        <translation>Terminer et effacer</translation>
    </message>
    <message>
        <source>Erase the lesson…</source>
        <translation>Effacer le cours…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Left out from now on. The seconds before hold figures of the class, and none of a person.</source>
        <translation>Laissé de côté désormais. Les secondes d’avant contiennent des chiffres de la classe, aucun d’une personne.</translation>
    </message>
    <message>
        <source>New lesson</source>
        <translation>Nouveau cours</translation>
    </message>
    <message>
        <source>The lesson ends now and is erased, with all of its figures.</source>
        <translation>Le cours se termine maintenant et est effacé, avec tous ses chiffres.</translation>
    </message>
    <message>
        <source>The lesson was ended.</source>
        <translation>Le cours a été terminé.</translation>
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
    <name>PlayerBar</name>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Lire</translation>
    </message>
    <message>
        <source>Play the lesson, or pause it (Space)</source>
        <translation>Lire le cours, ou le mettre en pause (Espace)</translation>
    </message>
    <message>
        <source>Show the sentence of the whole lesson again</source>
        <translation>Afficher de nouveau la phrase de tout le cours</translation>
    </message>
    <message>
        <source>The whole lesson</source>
        <translation>Tout le cours</translation>
    </message>
    <message>
        <source>Whole lesson</source>
        <translation>Tout le cours</translation>
    </message>
    <message>
        <source>{moment} of {length}</source>
        <comment>a moment of a lesson, and how long that is</comment>
        <translation>{moment} sur {length}</translation>
    </message>
    <message>
        <source>{speed} times as fast as it was</source>
        <translation>{speed} fois plus vite qu’en réalité</translation>
    </message>
    <message>
        <source>{speed}×</source>
        <comment>how fast a lesson plays</comment>
        <translation>{speed}×</translation>
    </message>
</context>
<context>
    <name>QuestionLine</name>
    <message>
        <source>Skip</source>
        <translation>Passer</translation>
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
    <message>
        <source>What was read</source>
        <translation>Ce qui a été lu</translation>
    </message>
</context>
<context>
    <name>Reading</name>
    <message>
        <source>All of it is read. It is one of your lessons now.</source>
        <translation>Tout est lu. C’est maintenant l’un de vos cours.</translation>
    </message>
    <message>
        <source>It could not be read to its end.</source>
        <translation>Elle n’a pas pu être lue jusqu’au bout.</translation>
    </message>
    <message>
        <source>Stopped at {moment}. Drop the same recording once more to go on from there.</source>
        <translation>Arrêtée à {moment}. Déposez de nouveau la même vidéo pour continuer à partir de là.</translation>
    </message>
    <message>
        <source>This recording is one of your lessons already.</source>
        <translation>Cette vidéo est déjà l’un de vos cours.</translation>
    </message>
</context>
<context>
    <name>ReadingPage</name>
    <message>
        <source>A moment of the recording</source>
        <translation>Un moment de la vidéo</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Drag to a moment that is read: the chart says what faces showed there</source>
        <translation>Faites glisser vers un moment lu&#xa0;: le graphique dit ce que montraient les visages</translation>
    </message>
    <message>
        <source>How far the recording is read</source>
        <translation>Avancement de la lecture de la vidéo</translation>
    </message>
    <message>
        <source>The recording is looked through before it is read.</source>
        <translation>La vidéo est parcourue avant d’être lue.</translation>
    </message>
    <message>
        <source>Your lessons</source>
        <translation>Vos cours</translation>
    </message>
    <message>
        <source>{done} of {length} read</source>
        <translation>{done} sur {length} lues</translation>
    </message>
    <message>
        <source>{done} read</source>
        <translation>{done} lues</translation>
    </message>
    <message>
        <source>{moment} of {length}</source>
        <translation>{moment} sur {length}</translation>
    </message>
    <message>
        <source>{progress} · about {left} left</source>
        <translation>{progress} · encore {left} environ</translation>
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
        <source>covered</source>
        <translation>couvert</translation>
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
    <name>RestoreDialog</name>
    <message numerus="yes">
        <source>%n lessons were added.</source>
        <translation>
            <numerusform>%n cours a été ajouté.</numerusform>
            <numerusform>%n cours ont été ajoutés.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 lesson was added.</source>
        <translation>1 cours a été ajouté.</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Sauvegarde</translation>
    </message>
    <message>
        <source>Backups (*.db)</source>
        <translation>Sauvegardes (*.db)</translation>
    </message>
    <message>
        <source>Here already: {count}.</source>
        <translation>Déjà là&#xa0;: {count}.</translation>
    </message>
    <message>
        <source>Lessons of the backup that are not here are added. Those that are here stay as they are.</source>
        <translation>Les cours de la sauvegarde qui manquent ici sont ajoutés. Ceux qui sont là restent tels quels.</translation>
    </message>
    <message>
        <source>None was added.</source>
        <translation>Aucun n’a été ajouté.</translation>
    </message>
    <message>
        <source>Older than lessons are kept, and erased at the next start unless you choose longer in the settings: {count}.</source>
        <translation>Plus anciens que la durée de conservation, et effacés au prochain démarrage sauf si vous choisissez plus long dans les paramètres&#xa0;: {count}.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurer</translation>
    </message>
    <message>
        <source>Restore lessons</source>
        <translation>Restaurer des cours</translation>
    </message>
    <message>
        <source>Restoring…</source>
        <translation>Restauration…</translation>
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
    <message>
        <source>They are on a network drive: let one computer at a time record.</source>
        <translation>Elles se trouvent sur un lecteur réseau&#xa0;: n’enregistrez que sur un ordinateur à la fois.</translation>
    </message>
</context>
<context>
    <name>SavedDialog</name>
    <message>
        <source>&amp;Back up all…</source>
        <translation>Tout &amp;sauvegarder…</translation>
    </message>
    <message>
        <source>&amp;Compare…</source>
        <translation>Co&amp;mparer…</translation>
    </message>
    <message>
        <source>&amp;Erase</source>
        <translation>&amp;Effacer</translation>
    </message>
    <message>
        <source>&amp;Erase its text</source>
        <translation>&amp;Effacer son texte</translation>
    </message>
    <message>
        <source>&amp;Import a CSV…</source>
        <translation>&amp;Importer un CSV…</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>&amp;Plus</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Ouvrir</translation>
    </message>
    <message>
        <source>&amp;Restore…</source>
        <translation>&amp;Restaurer…</translation>
    </message>
    <message>
        <source>&amp;Save a copy…</source>
        <translation>Enregistrer une &amp;copie…</translation>
    </message>
    <message>
        <source>A lesson is being recorded: stop it first.</source>
        <translation>Un cours est en cours d’enregistrement&#xa0;: arrêtez-le d’abord.</translation>
    </message>
    <message>
        <source>A lesson is running: stop it first.</source>
        <translation>Un cours est en cours&#xa0;: arrêtez-le d’abord.</translation>
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
        <source>Saved lessons</source>
        <translation>Cours enregistrés</translation>
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
        <source>Erase</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>Enregistrer une copie…</translation>
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
        <source>{count} lessons are erased.</source>
        <translation>{count} cours sont effacés.</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <comment>day and time</comment>
        <translation>{day}, {time}</translation>
    </message>
    <message>
        <source>“{before}” is called “{after}” from now on.</source>
        <translation>«&#xa0;{before}&#xa0;» s’appelle désormais «&#xa0;{after}&#xa0;».</translation>
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
    <message>
        <source>“{name}” is of no class now.</source>
        <translation>«&#xa0;{name}&#xa0;» n’est plus d’aucune classe.</translation>
    </message>
    <message>
        <source>“{name}” is of the class “{class_name}” now.</source>
        <translation>«&#xa0;{name}&#xa0;» est maintenant de la classe «&#xa0;{class_name}&#xa0;».</translation>
    </message>
</context>
<context>
    <name>SeatPane</name>
    <message>
        <source>Else they are gone when the lesson ends. Kept ones are offered as you type; whose they are is not kept.</source>
        <translation>Sinon ils disparaissent à la fin du cours. Ceux gardés sont proposés à la saisie&#xa0;; à qui ils sont n’est pas gardé.</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Masquer</translation>
    </message>
    <message>
        <source>Keep the aliases for 7 days</source>
        <translation>Garder les surnoms 7 jours</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>Places</translation>
    </message>
    <message>
        <source>Show or hide the seats (Ctrl+T)</source>
        <translation>Afficher ou masquer les places (Ctrl+T)</translation>
    </message>
    <message>
        <source>What is seen of each camera now, never an expression. Nothing of it is kept, and it may be wrong.</source>
        <translation>Ce qui se voit de chaque caméra en ce moment, jamais une expression. Rien n’en est gardé, et ce peut être faux.</translation>
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
    <name>SeatTable</name>
    <message>
        <source>Alias…</source>
        <translation>Surnom…</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Faire revenir</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Laisser de côté</translation>
    </message>
    <message>
        <source>Nobody is seen yet</source>
        <translation>Personne n’est encore visible</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>Places</translation>
    </message>
    <message>
        <source>Space leaves out or brings back, F2 gives an alias</source>
        <translation>Espace laisse de côté ou fait revenir, F2 donne un surnom</translation>
    </message>
    <message>
        <source>This is me</source>
        <translation>C’est moi</translation>
    </message>
</context>
<context>
    <name>SeatTableModel</name>
    <message>
        <source>Camera</source>
        <translation>Caméra</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Visage</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lu</translation>
    </message>
    <message>
        <source>Seat</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>{seat}. F2 gives it an alias</source>
        <translation>{seat}. F2 donne un surnom</translation>
    </message>
</context>
<context>
    <name>Seats</name>
    <message>
        <source>Counts of the class from {least} faces on</source>
        <translation>Chiffres de la classe à partir de {least} visages</translation>
    </message>
    <message>
        <source>Has left</source>
        <translation>Parti</translation>
    </message>
    <message>
        <source>In view</source>
        <translation>Visible</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Laissé de côté</translation>
    </message>
    <message>
        <source>No, blurred</source>
        <translation>Non, flou</translation>
    </message>
    <message>
        <source>No, covered</source>
        <translation>Non, couvert</translation>
    </message>
    <message>
        <source>No, hard to see</source>
        <translation>Non, mal visible</translation>
    </message>
    <message>
        <source>No, stands still</source>
        <translation>Non, figé</translation>
    </message>
    <message>
        <source>No, tilted</source>
        <translation>Non, penché</translation>
    </message>
    <message>
        <source>No, too bright</source>
        <translation>Non, trop clair</translation>
    </message>
    <message>
        <source>No, too dark</source>
        <translation>Non, trop sombre</translation>
    </message>
    <message>
        <source>No, too small</source>
        <translation>Non, trop petit</translation>
    </message>
    <message>
        <source>No, turned away</source>
        <translation>Non, détourné</translation>
    </message>
    <message>
        <source>Not in view</source>
        <translation>Hors champ</translation>
    </message>
    <message>
        <source>Not shown</source>
        <translation>Pas affiché</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Éteinte</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Allumée</translation>
    </message>
    <message>
        <source>Seat {seat}</source>
        <translation>Place {seat}</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>camera: {state}</source>
        <translation>caméra&#xa0;: {state}</translation>
    </message>
    <message>
        <source>for {length}</source>
        <translation>depuis {length}</translation>
    </message>
    <message>
        <source>read: {state}</source>
        <translation>lu&#xa0;: {state}</translation>
    </message>
    <message>
        <source>since before the seat view was opened</source>
        <translation>déjà avant l’ouverture de la vue des places</translation>
    </message>
    <message>
        <source>since {moment}</source>
        <translation>depuis {moment}</translation>
    </message>
    <message>
        <source>you</source>
        <translation>vous</translation>
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
        <source>New lesson</source>
        <translation>Nouveau cours</translation>
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
        <source>Open this lesson</source>
        <translation>Ouvrir ce cours</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
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
        <source>The lesson is erased.</source>
        <translation>Le cours est effacé.</translation>
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
        <source>Session</source>
        <translation>Séance</translation>
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
        <source>The lesson is erased.</source>
        <translation>Le cours est effacé.</translation>
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
        <source>Waiting: a window of this program lies over the call</source>
        <translation>En attente&#xa0;: une fenêtre de ce programme recouvre l’appel</translation>
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
        <source>Advanced</source>
        <translation>Avancé</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Hear the sound of an alert</source>
        <translation>Écouter le son d’une alerte</translation>
    </message>
    <message>
        <source>Plays it once. If you hear nothing, the system&apos;s sounds are off.</source>
        <translation>Le joue une fois. Si vous n’entendez rien, les sons du système sont désactivés.</translation>
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
        <source>These change with the next lesson.</source>
        <translation>Ces réglages valent à partir du prochain cours.</translation>
    </message>
    <message>
        <source>This network cannot be used: choose another, or empty the field for the built-in one.</source>
        <translation>Ce réseau ne peut pas servir&#xa0;: choisissez-en un autre, ou videz le champ pour celui du programme.</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Écouter</translation>
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
    <name>SourcesMenu</name>
    <message>
        <source>&amp;Again: {source}</source>
        <translation>&amp;De nouveau&#xa0;: {source}</translation>
    </message>
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
        <source>S&amp;tream…</source>
        <translation>F&amp;lux…</translation>
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
        <source>Nothing is being read</source>
        <translation>Rien n’est lu</translation>
    </message>
    <message>
        <source>Reading every {seconds} s</source>
        <translation>Lecture toutes les {seconds} s</translation>
    </message>
    <message>
        <source>Reading once a second</source>
        <translation>Lecture une fois par seconde</translation>
    </message>
    <message>
        <source>Reading {count} times a second</source>
        <translation>Lecture {count} fois par seconde</translation>
    </message>
    <message>
        <source>Slower than usual: the computer is busy</source>
        <translation>Plus lent que d’habitude&#xa0;: l’ordinateur est occupé</translation>
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
    <name>TrendWords</name>
    <message>
        <source>At {time}: {shares}</source>
        <translation>À {time}&#xa0;: {shares}</translation>
    </message>
    <message>
        <source>No figures in what is shown.</source>
        <translation>Aucun chiffre dans ce qui est affiché.</translation>
    </message>
    <message>
        <source>{expression} {share} %</source>
        <translation>{expression} {share}&#xa0;%</translation>
    </message>
</context>
<context>
    <name>Unread</name>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Your lessons cannot be shown</source>
        <translation>Vos cours ne peuvent pas être affichés</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
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
<context>
    <name>WhileAway</name>
    <message>
        <source>Marked {time}</source>
        <translation>Repère&#xa0;: {time}</translation>
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
    <name>WorkArea</name>
    <message>
        <source>How much is done</source>
        <translation>Ce qui est fait</translation>
    </message>
    <message>
        <source>No program here can show a folder. It is {folder}</source>
        <translation>Aucun programme ici ne peut montrer un dossier. C’est {folder}</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Stopped: nothing was changed.</source>
        <translation>Arrêté&#xa0;: rien n’a été changé.</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Arrêt…</translation>
    </message>
</context>
<context>
    <name>WorkingDialog</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>_Name</name>
    <message>
        <source>Name of the marker</source>
        <translation>Nom du repère</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Class of the lesson</source>
        <translation>Classe du cours</translation>
    </message>
    <message>
        <source>Class, such as 9b</source>
        <translation>Classe, par exemple 3e B</translation>
    </message>
    <message>
        <source>Name of the lesson</source>
        <translation>Nom du cours</translation>
    </message>
</context>
<context>
    <name>_Trouble</name>
    <message>
        <source>Back to your lessons</source>
        <translation>Retour à vos cours</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
</context>
<context>
    <name>page</name>
    <message>
        <source>All of it is read. It is one of your lessons now.</source>
        <translation>Tout est lu. C’est maintenant l’un de vos cours.</translation>
    </message>
</context>
</TS>
