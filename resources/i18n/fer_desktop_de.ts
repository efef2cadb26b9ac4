<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutPage</name>
    <message>
        <source>Expressions on the faces of a video call, for the class as a whole: an aid and never a verdict.</source>
        <translation>Ausdrücke auf den Gesichtern eines Videoanrufs, für die Klasse als Ganzes: eine Hilfe und nie ein Urteil.</translation>
    </message>
    <message>
        <source>Python {python} · Qt {qt} · MIT licence</source>
        <translation>Python {python} · Qt {qt} · MIT-Lizenz</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>Works on this computer alone. No picture is saved.</source>
        <translation>Arbeitet nur auf diesem Computer. Kein Bild wird gespeichert.</translation>
    </message>
</context>
<context>
    <name>AlertLine</name>
    <message>
        <source>Alert</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Markieren</translation>
    </message>
    <message>
        <source>Mark this moment</source>
        <translation>Diesen Moment markieren</translation>
    </message>
    <message>
        <source>Marks the moment of the alert, not this one</source>
        <translation>Markiert den Moment des Hinweises, nicht den jetzigen</translation>
    </message>
    <message>
        <source>No alert for a while</source>
        <translation>Eine Weile kein Hinweis</translation>
    </message>
    <message>
        <source>Not useful</source>
        <translation>Nicht nützlich</translation>
    </message>
    <message>
        <source>Noted: not useful</source>
        <translation>Notiert: nicht nützlich</translation>
    </message>
    <message>
        <source>Noted: useful</source>
        <translation>Notiert: nützlich</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>Ruhe</translation>
    </message>
    <message>
        <source>Useful</source>
        <translation>Nützlich</translation>
    </message>
</context>
<context>
    <name>AliasDelegate</name>
    <message>
        <source>Alias of {seat}</source>
        <translation>Spitzname von {seat}</translation>
    </message>
</context>
<context>
    <name>AnswersLine</name>
    <message numerus="yes">
        <source>%n lines are damaged and cannot be read; they are kept</source>
        <translation>
            <numerusform>%n Zeile ist beschädigt und nicht lesbar; sie bleibt</numerusform>
            <numerusform>%n Zeilen sind beschädigt und nicht lesbar; sie bleiben</numerusform>
        </translation>
    </message>
    <message>
        <source>A copy is saved to {path}</source>
        <translation>Eine Kopie ist gespeichert: {path}</translation>
    </message>
    <message>
        <source>Change answers</source>
        <translation>Antworten ändern</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON-Zeilen (*.jsonl)</translation>
    </message>
    <message>
        <source>Nothing is answered yet: no class, camera or recording is opened before.</source>
        <translation>Noch ist nichts beantwortet: vorher wird keine Klasse, Kamera oder Aufnahme geöffnet.</translation>
    </message>
    <message>
        <source>Of the log of your answers</source>
        <translation>Vom Protokoll Ihrer Antworten</translation>
    </message>
    <message>
        <source>One line is damaged and cannot be read; it is kept as it is</source>
        <translation>Eine Zeile ist beschädigt und nicht lesbar; sie bleibt, wie sie ist</translation>
    </message>
    <message>
        <source>Save a copy of the log</source>
        <translation>Eine Kopie des Protokolls speichern</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>Kopie speichern…</translation>
    </message>
    <message>
        <source>The last is of {day}, {time}</source>
        <translation>Der letzte: {day}, {time}</translation>
    </message>
    <message numerus="yes">
        <source>The log of your answers has %n entries</source>
        <translation>
            <numerusform>Das Protokoll Ihrer Antworten hat %n Eintrag</numerusform>
            <numerusform>Das Protokoll Ihrer Antworten hat %n Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>The log of your answers has one entry</source>
        <translation>Das Protokoll Ihrer Antworten hat einen Eintrag</translation>
    </message>
    <message>
        <source>The log of your answers is empty</source>
        <translation>Das Protokoll Ihrer Antworten ist leer</translation>
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
        <translation>Im Programm ist ein Fehler aufgetreten; eine laufende Sitzung geht weiter. Was geschah, steht in der Protokolldatei {file}.</translation>
    </message>
    <message>
        <source>A fault in the program was met; a running session goes on. What happened is in the log file.</source>
        <translation>Im Programm ist ein Fehler aufgetreten; eine laufende Sitzung geht weiter. Was geschah, steht in der Protokolldatei.</translation>
    </message>
    <message>
        <source>No font here has the letters of {language}, so the window is in English. Install one, such as Noto Sans Devanagari, and start again.</source>
        <translation>Keine Schrift hier hat die Zeichen für {language}, deshalb ist das Fenster auf Englisch. Installieren Sie eine, etwa Noto Sans Devanagari, und starten Sie neu.</translation>
    </message>
</context>
<context>
    <name>BackupDialog</name>
    <message numerus="yes">
        <source>%n lessons are in {path}</source>
        <translation>
            <numerusform>%n Stunde ist in {path}</numerusform>
            <numerusform>%n Stunden sind in {path}</numerusform>
        </translation>
    </message>
    <message>
        <source>1 lesson is in {path}</source>
        <translation>1 Stunde ist in {path}</translation>
    </message>
    <message>
        <source>All lessons go into one file, for a new computer or a safe place. Settings do not. Whoever has the file can read it.</source>
        <translation>Alle Stunden kommen in eine Datei, für einen neuen Computer oder einen sicheren Ort, die Einstellungen nicht. Wer die Datei hat, kann sie lesen.</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>Back up all lessons</source>
        <translation>Alle Stunden sichern</translation>
    </message>
    <message>
        <source>Backing up…</source>
        <translation>Wird gesichert…</translation>
    </message>
    <message>
        <source>Folder of the backup</source>
        <translation>Ordner der Sicherung</translation>
    </message>
</context>
<context>
    <name>ClassAndFacts</name>
    <message>
        <source>Class of the lesson</source>
        <translation>Klasse der Stunde</translation>
    </message>
    <message>
        <source>Class, such as 9b</source>
        <translation>Klasse, etwa 9b</translation>
    </message>
    <message>
        <source>Class: {class_name}</source>
        <translation>Klasse: {class_name}</translation>
    </message>
    <message>
        <source>Class…</source>
        <translation>Klasse…</translation>
    </message>
    <message>
        <source>No class yet</source>
        <translation>Noch keine Klasse</translation>
    </message>
    <message>
        <source>Say which class it was (Shift+F2)</source>
        <translation>Sagen Sie, welche Klasse es war (Umschalt+F2)</translation>
    </message>
</context>
<context>
    <name>ClassBars</name>
    <message>
        <source>Expressions of the class now</source>
        <translation>Ausdrücke der Klasse jetzt</translation>
    </message>
    <message>
        <source>No figures: no face is readable.</source>
        <translation>Keine Zahlen: kein Gesicht ist lesbar.</translation>
    </message>
    <message>
        <source>No figures: too few faces are readable.</source>
        <translation>Keine Zahlen: zu wenige Gesichter sind lesbar.</translation>
    </message>
    <message numerus="yes">
        <source>{expression} {share}, 95 % interval {low} to {high} %, {count} of %n readable faces look most like it</source>
        <translation>
            <numerusform>{expression} {share}, 95-%-Intervall {low} bis {high}&#xa0;%, {count} von %n lesbaren Gesicht ähnelt dem am meisten</numerusform>
            <numerusform>{expression} {share}, 95-%-Intervall {low} bis {high}&#xa0;%, {count} von %n lesbaren Gesichtern ähneln dem am meisten</numerusform>
        </translation>
    </message>
    <message>
        <source>{expression}: no figure</source>
        <translation>{expression}: keine Zahl</translation>
    </message>
</context>
<context>
    <name>ClassSizeField</name>
    <message>
        <source>How many are in the class, whether or not the call shows them all</source>
        <translation>Wie viele in der Klasse sind, ob der Anruf alle zeigt oder nicht</translation>
    </message>
    <message>
        <source>How many are in this class</source>
        <translation>Wie viele in dieser Klasse sind</translation>
    </message>
    <message>
        <source>In class: </source>
        <comment>before a number</comment>
        <translation>In der Klasse: </translation>
    </message>
    <message>
        <source>In class: ?</source>
        <translation>In der Klasse: ?</translation>
    </message>
</context>
<context>
    <name>CompareChart</name>
    <message>
        <source>Both lessons, as a chart</source>
        <translation>Beide Stunden als Diagramm</translation>
    </message>
    <message>
        <source>Sad, afraid or angry</source>
        <translation>Traurig, ängstlich oder wütend</translation>
    </message>
    <message>
        <source>Smiling</source>
        <translation>Lächelnd</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>half</source>
        <translation>Hälfte</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>surprised</source>
        <translation>überrascht</translation>
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
        <translation>Ausgerichtet nach</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Compare &amp;with</source>
        <translation>Vergleichen &amp;mit</translation>
    </message>
    <message>
        <source>Compare lessons</source>
        <translation>Stunden vergleichen</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>Laid over one another by markers of the same name</source>
        <translation>Nach gleichnamigen Markierungen übereinandergelegt</translation>
    </message>
    <message>
        <source>Laid over one another by time</source>
        <translation>Nach der Zeit übereinandergelegt</translation>
    </message>
    <message>
        <source>Markers</source>
        <translation>Markierungen</translation>
    </message>
    <message>
        <source>Means over 30 s, of the faces read. Point at the chart for what both show.</source>
        <translation>Mittel über 30 s, der gelesenen Gesichter. Zeigen Sie auf das Diagramm, um die Werte beider zu sehen.</translation>
    </message>
    <message>
        <source>Other faces, other light: a difference is no verdict on a lesson or a class.</source>
        <translation>Andere Gesichter, anderes Licht: Ein Unterschied ist kein Urteil über eine Stunde oder eine Klasse.</translation>
    </message>
    <message>
        <source>Reading the lessons…</source>
        <translation>Die Stunden werden gelesen …</translation>
    </message>
    <message>
        <source>There is no other lesson to compare with.</source>
        <translation>Es gibt keine andere Stunde zum Vergleichen.</translation>
    </message>
    <message>
        <source>This lesson is no longer stored.</source>
        <translation>Diese Stunde ist nicht mehr gespeichert.</translation>
    </message>
    <message>
        <source>This lesson: {lesson}</source>
        <translation>Diese Stunde: {lesson}</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Usual of {class_name}</source>
        <translation>Sonst in {class_name}</translation>
    </message>
</context>
<context>
    <name>CompareWords</name>
    <message>
        <source>Another difference from {begin} to {end}</source>
        <translation>Ein weiterer Unterschied von {begin} bis {end}</translation>
    </message>
    <message>
        <source>about {count} of {faces} smiling</source>
        <translation>etwa {count} von {faces} lächeln</translation>
    </message>
    <message>
        <source>nothing read</source>
        <translation>nichts gelesen</translation>
    </message>
    <message>
        <source>{count} sad, afraid or angry</source>
        <translation>{count} traurig, ängstlich oder wütend</translation>
    </message>
    <message>
        <source>{count} surprised</source>
        <translation>{count} überrascht</translation>
    </message>
    <message>
        <source>{time}. This lesson: {here}. The other lesson: {there}</source>
        <translation>{time}. Diese Stunde: {here}. Die andere Stunde: {there}</translation>
    </message>
    <message>
        <source>{time}. This lesson: {here}. Usually: {there}</source>
        <translation>{time}. Diese Stunde: {here}. Sonst: {there}</translation>
    </message>
    <message>
        <source>{time}. This lesson: {values}</source>
        <translation>{time}. Diese Stunde: {values}</translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message numerus="yes">
        <source>%n are read: figures from {least} on</source>
        <translation>
            <numerusform>%n wird gelesen: Zahlen gibt es ab {least}</numerusform>
            <numerusform>%n werden gelesen: Zahlen gibt es ab {least}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n came back</source>
        <translation>
            <numerusform>%n kam zurück</numerusform>
            <numerusform>%n kamen zurück</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cameras on</source>
        <translation>
            <numerusform>%n Kamera an</numerusform>
            <numerusform>%n Kameras an</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n have left</source>
        <translation>
            <numerusform>%n ist gegangen</numerusform>
            <numerusform>%n sind gegangen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n here</source>
        <translation>
            <numerusform>%n da</numerusform>
            <numerusform>%n da</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n ausgelassen</numerusform>
            <numerusform>%n ausgelassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n markers</source>
        <translation>
            <numerusform>%n Markierung</numerusform>
            <numerusform>%n Markierungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not in view</source>
        <translation>
            <numerusform>%n nicht im Bild</numerusform>
            <numerusform>%n nicht im Bild</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tiles</source>
        <translation>
            <numerusform>%n Kachel</numerusform>
            <numerusform>%n Kacheln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n turned away</source>
        <translation>
            <numerusform>%n abgewandt</numerusform>
            <numerusform>%n abgewandt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a face</source>
        <translation>
            <numerusform>%n ohne Gesicht</numerusform>
            <numerusform>%n ohne Gesicht</numerusform>
        </translation>
    </message>
    <message>
        <source>1 camera on</source>
        <translation>1 Kamera an</translation>
    </message>
    <message>
        <source>1 has left</source>
        <translation>1 ist gegangen</translation>
    </message>
    <message>
        <source>1 marker</source>
        <translation>1 Markierung</translation>
    </message>
    <message>
        <source>1 tile</source>
        <translation>1 Kachel</translation>
    </message>
    <message numerus="yes">
        <source>About {readable} of %n cameras were read</source>
        <translation>
            <numerusform>Etwa {readable} von %n Kamera wurde gelesen</numerusform>
            <numerusform>Etwa {readable} von %n Kameras wurden gelesen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About {readable} of %n faces were read</source>
        <translation>
            <numerusform>Etwa {readable} von %n Gesicht wurde gelesen</numerusform>
            <numerusform>Etwa {readable} von %n Gesichtern wurden gelesen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About {readable} of %n in the class were read</source>
        <translation>
            <numerusform>Etwa {readable} von %n in der Klasse wurde gelesen</numerusform>
            <numerusform>Etwa {readable} von %n in der Klasse wurden gelesen</numerusform>
        </translation>
    </message>
    <message>
        <source>About {readable} of 1 camera was read</source>
        <translation>Etwa {readable} von 1 Kamera wurde gelesen</translation>
    </message>
    <message>
        <source>About {readable} of 1 face was read</source>
        <translation>Etwa {readable} von 1 Gesicht wurde gelesen</translation>
    </message>
    <message numerus="yes">
        <source>Left %n times before</source>
        <translation>
            <numerusform>War schon %n-mal weg</numerusform>
            <numerusform>War schon %n-mal weg</numerusform>
        </translation>
    </message>
    <message>
        <source>Left once before</source>
        <translation>War schon einmal weg</translation>
    </message>
    <message>
        <source>Left twice before</source>
        <translation>War schon zweimal weg</translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n cameras are read</source>
        <translation>
            <numerusform>{readable} von %n Kamera gelesen</numerusform>
            <numerusform>{readable} von %n Kameras gelesen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n faces are read</source>
        <translation>
            <numerusform>{readable} von %n Gesicht gelesen</numerusform>
            <numerusform>{readable} von %n Gesichtern gelesen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n in the class are read</source>
        <translation>
            <numerusform>{readable} von %n in der Klasse wird gelesen</numerusform>
            <numerusform>{readable} von %n in der Klasse werden gelesen</numerusform>
        </translation>
    </message>
    <message>
        <source>{readable} of 1 camera is read</source>
        <translation>{readable} von 1 Kamera gelesen</translation>
    </message>
    <message>
        <source>{readable} of 1 face is read</source>
        <translation>{readable} von 1 Gesicht gelesen</translation>
    </message>
    <message numerus="yes">
        <source>{tiles} and %n faces beside them</source>
        <translation>
            <numerusform>{tiles} und %n Gesicht daneben</numerusform>
            <numerusform>{tiles} und %n Gesichter daneben</numerusform>
        </translation>
    </message>
    <message>
        <source>{tiles} and 1 face beside them</source>
        <translation>{tiles} und 1 Gesicht daneben</translation>
    </message>
</context>
<context>
    <name>CountsTable</name>
    <message>
        <source>Faces now and usually</source>
        <translation>Gesichter jetzt und sonst</translation>
    </message>
    <message>
        <source>No figures</source>
        <translation>Keine Zahlen</translation>
    </message>
    <message>
        <source>Not of this moment: {faces}</source>
        <translation>Nicht von diesem Moment: {faces}</translation>
    </message>
    <message>
        <source>before</source>
        <comment>before a marker</comment>
        <translation>vorher</translation>
    </message>
    <message>
        <source>faces, about</source>
        <translation>Gesichter, etwa</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>usually</source>
        <translation>sonst</translation>
    </message>
    <message>
        <source>{group}: about {now}</source>
        <translation>{group}: etwa {now}</translation>
    </message>
    <message>
        <source>{group}: about {now}, before the marker {usual}</source>
        <translation>{group}: etwa {now}, vor der Markierung {usual}</translation>
    </message>
    <message>
        <source>{group}: about {now}, usually {usual}</source>
        <translation>{group}: etwa {now}, sonst {usual}</translation>
    </message>
</context>
<context>
    <name>CoverageLine</name>
    <message>
        <source>Coverage</source>
        <translation>Abdeckung</translation>
    </message>
    <message>
        <source>Figures from so few faces would describe individual people, not a class: none are shown or saved</source>
        <translation>Zahlen aus so wenigen Gesichtern würden einzelne Menschen beschreiben, keine Klasse: es werden keine gezeigt oder gespeichert</translation>
    </message>
    <message>
        <source>No camera is on</source>
        <translation>Keine Kamera ist an</translation>
    </message>
    <message>
        <source>No face found yet</source>
        <translation>Noch kein Gesicht gefunden</translation>
    </message>
    <message>
        <source>Not read: {reasons}</source>
        <translation>Nicht gelesen: {reasons}</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation>Noch nichts gelesen</translation>
    </message>
    <message>
        <source>Nothing was read</source>
        <translation>Es wurde nichts gelesen</translation>
    </message>
    <message>
        <source>Paused: no figures</source>
        <translation>Pause: keine Zahlen</translation>
    </message>
    <message>
        <source>The computer slept: no figures</source>
        <translation>Der Computer schlief: keine Zahlen</translation>
    </message>
    <message>
        <source>The source gives no picture</source>
        <translation>Die Quelle liefert kein Bild</translation>
    </message>
    <message>
        <source>Too slow: nothing was read in this second</source>
        <translation>Zu langsam: in dieser Sekunde wurde nichts gelesen</translation>
    </message>
    <message>
        <source>Waiting: the call is covered or minimised</source>
        <translation>Wartet: der Anruf ist verdeckt oder minimiert</translation>
    </message>
    <message>
        <source>just now {reasons}</source>
        <translation>gerade {reasons}</translation>
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
        <translation>Die Demoklasse</translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message>
        <source>“{name}” could not be changed. {reason}</source>
        <translation>„{name}“ konnte nicht geändert werden. {reason}</translation>
    </message>
</context>
<context>
    <name>EmptyTiles</name>
    <message>
        <source>{chosen} of {many} chosen: go to the picture</source>
        <translation>{chosen} von {many} gewählt: zum Bild gehen</translation>
    </message>
</context>
<context>
    <name>EndedLesson</name>
    <message>
        <source>Whoever was left out before Stop is read again: leave them out once more.</source>
        <translation>Wer vor dem Beenden ausgelassen war, wird wieder gelesen: Lassen Sie sie noch einmal aus.</translation>
    </message>
</context>
<context>
    <name>Erasing</name>
    <message>
        <source>The lesson could not be erased. {reason}</source>
        <translation>Die Stunde konnte nicht gelöscht werden. {reason}</translation>
    </message>
    <message>
        <source>The lessons could not be erased. {reason}</source>
        <translation>Die Stunden konnten nicht gelöscht werden. {reason}</translation>
    </message>
    <message>
        <source>What the marker says could not be erased. {reason}</source>
        <translation>Was die Markierung sagt, konnte nicht gelöscht werden. {reason}</translation>
    </message>
    <message>
        <source>“{name}” could not be erased. {reason}</source>
        <translation>„{name}“ konnte nicht gelöscht werden. {reason}</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>%n files saved.</source>
        <translation>
            <numerusform>%n Datei gespeichert.</numerusform>
            <numerusform>%n Dateien gespeichert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lessons</source>
        <translation>
            <numerusform>%n Stunde</numerusform>
            <numerusform>%n Stunden</numerusform>
        </translation>
    </message>
    <message>
        <source>A file for each of them.</source>
        <translation>Für jede eine Datei.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>In the &amp;folder</source>
        <translation>Im &amp;Ordner</translation>
    </message>
    <message>
        <source>Of a class, means are of 30 seconds, and one or two sad, afraid or angry faces are left out: so small a number could tell of one child.</source>
        <translation>Von einer Klasse stehen Mittel über 30 Sekunden da, und ein oder zwei traurige, ängstliche oder wütende Gesichter fehlen: Eine so kleine Zahl könnte ein Kind verraten.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>Kopie speichern</translation>
    </message>
    <message>
        <source>Saved to {path}</source>
        <translation>Gespeichert unter {path}</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>Stopped: nothing was saved.</source>
        <translation>Angehalten: Nichts wurde gespeichert.</translation>
    </message>
    <message>
        <source>This lesson is no longer stored.</source>
        <translation>Diese Stunde ist nicht mehr gespeichert.</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <comment>day and time</comment>
        <translation>{day}, {time}</translation>
    </message>
    <message>
        <source>{saved} of {all} files saved, and these are whole.</source>
        <translation>{saved} von {all} Dateien gespeichert; diese sind vollständig.</translation>
    </message>
</context>
<context>
    <name>Expression</name>
    <message>
        <source>afraid</source>
        <translation>ängstlich</translation>
    </message>
    <message>
        <source>angry</source>
        <translation>wütend</translation>
    </message>
    <message>
        <source>disgust</source>
        <translation>angewidert</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>neutral</translation>
    </message>
    <message>
        <source>sad</source>
        <translation>traurig</translation>
    </message>
    <message>
        <source>smiling</source>
        <translation>lächelnd</translation>
    </message>
    <message>
        <source>surprise</source>
        <translation>überrascht</translation>
    </message>
</context>
<context>
    <name>FileField</name>
    <message>
        <source>Choose</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Choose: {title}</source>
        <translation>Auswählen: {title}</translation>
    </message>
    <message>
        <source>Clear the field</source>
        <translation>Feld leeren</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Accept and start</source>
        <translation>Annehmen und beginnen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Before you begin</source>
        <translation>Bevor Sie beginnen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Change answers</source>
        <translation>Antworten ändern</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Save answers</source>
        <translation>Antworten speichern</translation>
    </message>
</context>
<context>
    <name>GlanceHead</name>
    <message>
        <source>Demo class: nobody in it is real.</source>
        <translation>Demoklasse: Niemand darin ist echt.</translation>
    </message>
</context>
<context>
    <name>GlancePanel</name>
    <message>
        <source>Figures from so few faces would describe individual people, not a class.</source>
        <translation>Zahlen aus so wenigen Gesichtern würden einzelne Menschen beschreiben, keine Klasse.</translation>
    </message>
    <message>
        <source>Nothing of it is kept here.</source>
        <translation>Hier bleibt nichts von ihr.</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation>Noch nichts gelesen</translation>
    </message>
    <message>
        <source>One square for each camera appears here once faces are read.</source>
        <translation>Hier erscheint ein Quadrat für jede Kamera, sobald Gesichter gelesen sind.</translation>
    </message>
    <message>
        <source>Squares appear again as soon as somebody is in sight.</source>
        <translation>Quadrate erscheinen wieder, sobald jemand zu sehen ist.</translation>
    </message>
    <message>
        <source>The class at a glance</source>
        <translation>Die Klasse auf einen Blick</translation>
    </message>
    <message>
        <source>The lesson has ended. Its course is kept below.</source>
        <translation>Die Stunde ist zu Ende. Ihr Verlauf bleibt unten stehen.</translation>
    </message>
    <message>
        <source>The lesson is erased</source>
        <translation>Die Stunde ist gelöscht</translation>
    </message>
</context>
<context>
    <name>GroupWords</name>
    <message numerus="yes">
        <source>%n cameras off</source>
        <translation>
            <numerusform>%n Kamera aus</numerusform>
            <numerusform>%n Kameras aus</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n neutral</source>
        <translation>
            <numerusform>%n neutral</numerusform>
            <numerusform>%n neutral</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n neutral or other</source>
        <translation>
            <numerusform>%n neutral oder anders</numerusform>
            <numerusform>%n neutral oder anders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not read</source>
        <translation>
            <numerusform>%n nicht gelesen</numerusform>
            <numerusform>%n nicht gelesen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not sure</source>
        <translation>
            <numerusform>%n unsicher</numerusform>
            <numerusform>%n unsicher</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sad, afraid or angry</source>
        <translation>
            <numerusform>%n traurig, ängstlich oder wütend</numerusform>
            <numerusform>%n traurig, ängstlich oder wütend</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n smiling</source>
        <translation>
            <numerusform>%n lächelt</numerusform>
            <numerusform>%n lächeln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n surprised</source>
        <translation>
            <numerusform>%n überrascht</numerusform>
            <numerusform>%n überrascht</numerusform>
        </translation>
    </message>
    <message>
        <source>1 camera off</source>
        <translation>1 Kamera aus</translation>
    </message>
    <message>
        <source>camera off</source>
        <translation>Kamera aus</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>neutral</translation>
    </message>
    <message>
        <source>neutral or other</source>
        <translation>neutral oder anders</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>nicht gelesen</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>sad, afraid or angry</source>
        <translation>traurig, ängstlich oder wütend</translation>
    </message>
    <message>
        <source>smiling</source>
        <translation>lächelnd</translation>
    </message>
    <message>
        <source>surprised</source>
        <translation>überrascht</translation>
    </message>
</context>
<context>
    <name>HeaderBar</name>
    <message>
        <source>Back to your lessons (Ctrl+N)</source>
        <translation>Zurück zu Ihren Stunden (Strg+N)</translation>
    </message>
    <message>
        <source>End the session and save it (Ctrl+E)</source>
        <translation>Die Sitzung beenden und speichern (Strg+E)</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Go on with this lesson as if it had not been stopped (Ctrl+Shift+E)</source>
        <translation>Diese Stunde fortsetzen, als wäre sie nicht beendet worden (Strg+Umschalt+E)</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Markierung</translation>
    </message>
    <message>
        <source>Name this moment in the file (M)</source>
        <translation>Diesen Moment in der Datei benennen (M)</translation>
    </message>
    <message>
        <source>New lesson</source>
        <translation>Neue Stunde</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pause or resume (Space)</source>
        <translation>Pause oder weiter (Leertaste)</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Playing</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Speichert</translation>
    </message>
    <message>
        <source>Settings (Ctrl+,)</source>
        <translation>Einstellungen (Strg+,)</translation>
    </message>
    <message>
        <source>Show or hide what is read (Ctrl+L)</source>
        <translation>Zeigen oder ausblenden, was gelesen wird (Strg+L)</translation>
    </message>
    <message>
        <source>Source lost</source>
        <translation>Quelle verloren</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
</context>
<context>
    <name>HelpPages</name>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was sie tut</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>No page has all these words.</source>
        <translation>Keine Seite hat alle diese Wörter.</translation>
    </message>
    <message>
        <source>Pages of help</source>
        <translation>Hilfeseiten</translation>
    </message>
    <message>
        <source>Reading how often it is wrong</source>
        <translation>Liest, wie oft es irrt</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search in the pages of help</source>
        <translation>In den Hilfeseiten suchen</translation>
    </message>
</context>
<context>
    <name>Home</name>
    <message>
        <source>kept until {day}</source>
        <translation>aufbewahrt bis {day}</translation>
    </message>
    <message>
        <source>marker “{text}”</source>
        <translation>Markierung „{text}“</translation>
    </message>
    <message>
        <source>most smiling after {length}</source>
        <translation>am meisten Lächeln nach {length}</translation>
    </message>
    <message>
        <source>no face was read</source>
        <translation>kein Gesicht gelesen</translation>
    </message>
    <message>
        <source>no figures</source>
        <translation>keine Zahlen</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>wird aufgezeichnet</translation>
    </message>
    <message>
        <source>recovered</source>
        <comment>of a lesson that a crash ended</comment>
        <translation>gerettet</translation>
    </message>
    <message>
        <source>{faces} of {cameras} read</source>
        <comment>faces read, of cameras that were on</comment>
        <translation>{faces} von {cameras} gelesen</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Draw a region</source>
        <translation>Bereich ziehen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More sources</source>
        <translation>Weitere Quellen</translation>
    </message>
    <message>
        <source>Only figures of the class are kept. No picture is saved, and nothing leaves this computer.</source>
        <translation>Nur Zahlen der Klasse bleiben. Kein Bild wird gespeichert, und nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>Start a lesson</source>
        <translation>Stunde beginnen</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>Your lessons</source>
        <translation>Ihre Stunden</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>A &amp;class, or others</source>
        <translation>Eine &amp;Klasse oder andere</translation>
    </message>
    <message>
        <source>A CSV file that this program wrote becomes a lesson again.</source>
        <translation>Eine CSV-Datei, die dieses Programm geschrieben hat, wird wieder eine Stunde.</translation>
    </message>
    <message>
        <source>CSV file</source>
        <translation>CSV-Datei</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV-Dateien (*.csv)</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Einlesen</translation>
    </message>
    <message>
        <source>Import a CSV</source>
        <translation>CSV einlesen</translation>
    </message>
    <message>
        <source>It is among your lessons now.</source>
        <translation>Sie ist jetzt unter Ihren Stunden.</translation>
    </message>
    <message>
        <source>Only &amp;myself</source>
        <translation>Nur &amp;ich</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen…</translation>
    </message>
    <message>
        <source>The &amp;demo class</source>
        <translation>Die &amp;Demoklasse</translation>
    </message>
    <message>
        <source>Who was seen?</source>
        <translation>Wer war zu sehen?</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Add a marker; press twice to add it without a name</source>
        <translation>Eine Markierung setzen; zweimal drücken setzt sie ohne Namen</translation>
    </message>
    <message>
        <source>Arrows, Enter, Delete</source>
        <translation>Pfeile, Eingabe, Entf</translation>
    </message>
    <message>
        <source>Arrows, Page Up and Down, Space</source>
        <translation>Pfeiltasten, Bild auf und ab, Leertaste</translation>
    </message>
    <message>
        <source>Arrows, Space</source>
        <translation>Pfeiltasten, Leertaste</translation>
    </message>
    <message>
        <source>F2, Shift+F2, Delete</source>
        <translation>F2, Umschalt+F2, Entf</translation>
    </message>
    <message>
        <source>In an opened lesson: go through it by seconds and minutes, play or pause</source>
        <translation>In einer geöffneten Stunde: um Sekunden und Minuten weitergehen, abspielen oder anhalten</translation>
    </message>
    <message>
        <source>In any program, during a lesson: mark the moment</source>
        <translation>In jedem Programm, während einer Stunde: den Moment markieren</translation>
    </message>
    <message>
        <source>In the lesson so far: move its cursor, rename the marker there, or remove it</source>
        <translation>In der Stunde bisher: den Zeiger bewegen, die Markierung dort umbenennen oder entfernen</translation>
    </message>
    <message>
        <source>In the live view: move between faces, leave out or bring back</source>
        <translation>Im Live-Bild: von Gesicht zu Gesicht gehen, auslassen oder zurückholen</translation>
    </message>
    <message>
        <source>M</source>
        <translation>M</translation>
    </message>
    <message>
        <source>On a lesson in the list: give it a name, a class, or erase it</source>
        <translation>Auf einer Stunde in der Liste: Name geben, Klasse geben oder löschen</translation>
    </message>
    <message>
        <source>Pause or resume</source>
        <translation>Pause oder weiter</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
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
        <translation>&amp;Bericht als PDF</translation>
    </message>
    <message>
        <source>&amp;Spreadsheet</source>
        <translation>&amp;Tabelle</translation>
    </message>
    <message>
        <source>A row for each second, for any program with tables.</source>
        <translation>Eine Zeile für jede Sekunde, für alle Programme mit Tabellen.</translation>
    </message>
    <message>
        <source>All of the lesson, for other programs.</source>
        <translation>Die ganze Stunde, für andere Programme.</translation>
    </message>
    <message>
        <source>Figures, charts and moments for Excel or LibreOffice.</source>
        <translation>Zahlen, Diagramme und Momente für Excel oder LibreOffice.</translation>
    </message>
    <message>
        <source>It needs pyarrow, which is not there.</source>
        <translation>Dafür fehlt pyarrow.</translation>
    </message>
    <message>
        <source>One page to print or to keep.</source>
        <translation>Eine Seite zum Drucken oder Aufheben.</translation>
    </message>
    <message>
        <source>Report as &amp;web page</source>
        <translation>Bericht als &amp;Webseite</translation>
    </message>
    <message>
        <source>The rows for programs that analyse data.</source>
        <translation>Die Zeilen für Programme, die Daten auswerten.</translation>
    </message>
    <message>
        <source>The same for a screen or a phone, with all moments.</source>
        <translation>Dasselbe für Bildschirm oder Telefon, mit allen Momenten.</translation>
    </message>
</context>
<context>
    <name>KnowingPage</name>
    <message>
        <source>A face that looks sad may be tired, reading, or listening closely.</source>
        <translation>Wer traurig wirkt, ist vielleicht müde, liest oder hört genau zu.</translation>
    </message>
    <message>
        <source>About how many faces look neutral, smile, or look sad, afraid or angry.</source>
        <translation>Wie viele Gesichter etwa neutral wirken, lächeln oder traurig, ängstlich oder wütend wirken.</translation>
    </message>
    <message>
        <source>All, seven told apart</source>
        <translation>Alle, in sieben Ausdrücken</translation>
    </message>
    <message>
        <source>Guesses about faces. Even on good photographs many are wrong, and of the faces shown as sad, afraid or angry often more than half; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>Es rät bei Gesichtern. Selbst bei guten Fotos ist vieles falsch, und von den Gesichtern, die als traurig, ängstlich oder wütend gezeigt werden, oft mehr als die Hälfte; ein falsch gelesenes Gesicht bleibt es meist. Änderungen sagen mehr als Zahlen.</translation>
    </message>
    <message>
        <source>Guesses about faces. How often they are wrong is not known of this network; expect more than one in three, and of the faces shown as sad, afraid or angry more than half; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>Es rät bei Gesichtern. Wie oft dieses Netz falsch liegt, ist nicht bekannt; rechnen Sie mit mehr als jedem dritten, und von den Gesichtern, die als traurig, ängstlich oder wütend gezeigt werden, mit mehr als der Hälfte; ein falsch gelesenes Gesicht bleibt es meist. Änderungen sagen mehr als Zahlen.</translation>
    </message>
    <message>
        <source>Guesses about faces. On photographs like yours more than half are wrong, and of the faces shown as sad, afraid or angry most; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>Es rät bei Gesichtern. Bei Fotos wie Ihren ist mehr als die Hälfte falsch, und von den Gesichtern, die als traurig, ängstlich oder wütend gezeigt werden, die meisten; ein falsch gelesenes Gesicht bleibt es meist. Änderungen sagen mehr als Zahlen.</translation>
    </message>
    <message>
        <source>Guesses about faces. On photographs like yours more than one in four is wrong, and of the faces shown as sad, afraid or angry often more than half; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>Es rät bei Gesichtern. Bei Fotos wie Ihren ist mehr als jedes vierte falsch, und von den Gesichtern, die als traurig, ängstlich oder wütend gezeigt werden, oft mehr als die Hälfte; ein falsch gelesenes Gesicht bleibt es meist. Änderungen sagen mehr als Zahlen.</translation>
    </message>
    <message>
        <source>Guesses about faces. On photographs like yours more than one in three is wrong, and of the faces shown as sad, afraid or angry often more than half; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>Es rät bei Gesichtern. Bei Fotos wie Ihren ist mehr als jedes dritte falsch, und von den Gesichtern, die als traurig, ängstlich oder wütend gezeigt werden, oft mehr als die Hälfte; ein falsch gelesenes Gesicht bleibt es meist. Änderungen sagen mehr als Zahlen.</translation>
    </message>
    <message>
        <source>How often the network in use is right was not measured.</source>
        <translation>Wie oft das benutzte Netz richtig liegt, wurde nicht gemessen.</translation>
    </message>
    <message>
        <source>It can say</source>
        <translation>Es kann sagen</translation>
    </message>
    <message>
        <source>It cannot say</source>
        <translation>Es kann nicht sagen</translation>
    </message>
    <message>
        <source>It keeps such counts, one row a second, on this computer. No picture is kept or sent.</source>
        <translation>Es bewahrt solche Zahlen auf diesem Computer auf, eine Zeile je Sekunde. Kein Bild wird aufbewahrt oder verschickt.</translation>
    </message>
    <message>
        <source>Measured on clear photographs. In a call, faces are darker, blurred or turned, and more of them are misread.</source>
        <translation>Gemessen an klaren Fotos. In einem Anruf sind Gesichter dunkler, unscharf oder abgewandt, und mehr werden falsch gelesen.</translation>
    </message>
    <message>
        <source>Measured on clear photographs: on the left by the label that came with each, on the right by what most of ten people saw. In a call, faces are darker, blurred or turned, and more of them are misread.</source>
        <translation>Gemessen an klaren Fotos: links nach der Angabe, die mit jedem kam, rechts nach dem, was die meisten von zehn Menschen sahen. In einem Anruf sind Gesichter dunkler, unscharf oder abgewandt, und mehr werden falsch gelesen.</translation>
    </message>
    <message>
        <source>Misread besides, of 100 faces less than {height} px high</source>
        <translation>Außerdem falsch gelesen, von 100 Gesichtern unter {height} px Höhe</translation>
    </message>
    <message>
        <source>Misread, of 100 faces that look so</source>
        <translation>Falsch gelesen, von 100 Gesichtern, die so wirken</translation>
    </message>
    <message>
        <source>Neutral</source>
        <translation>Neutral</translation>
    </message>
    <message>
        <source>Reading how often it errs</source>
        <translation>Es wird gelesen, wie oft es sich irrt</translation>
    </message>
    <message>
        <source>Sad, afraid or angry</source>
        <translation>Traurig, ängstlich oder wütend</translation>
    </message>
    <message>
        <source>Smiling</source>
        <translation>Lächelnd</translation>
    </message>
    <message>
        <source>So never judge, grade or single out a person by it.</source>
        <translation>Beurteilen, benoten oder benennen Sie deshalb nie einen Einzelnen danach.</translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation>Überrascht</translation>
    </message>
    <message>
        <source>What anybody feels, thinks or understands, or who listens.</source>
        <translation>Was jemand fühlt, denkt oder versteht, oder wer zuhört.</translation>
    </message>
    <message>
        <source>What it can and cannot know</source>
        <translation>Was es wissen kann und was nicht</translation>
    </message>
    <message>
        <source>Whether that has changed, and on how many faces it rests.</source>
        <translation>Ob sich das geändert hat und auf wie vielen Gesichtern es beruht.</translation>
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
        <translation>Gesichter jetzt</translation>
    </message>
    <message>
        <source>Not of this moment: {faces}</source>
        <translation>Nicht von diesem Moment: {faces}</translation>
    </message>
    <message>
        <source>about {faces}</source>
        <comment>faces such as 3 smiling, 9 neutral</comment>
        <translation>etwa {faces}</translation>
    </message>
</context>
<context>
    <name>LaneMenu</name>
    <message>
        <source>Choose what is shown below the chart</source>
        <translation>Wählen, was unter dem Verlauf steht</translation>
    </message>
    <message>
        <source>Lanes…</source>
        <translation>Zeilen…</translation>
    </message>
    <message>
        <source>Smiling and coverage only</source>
        <translation>Nur Lächeln und Abdeckung</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>Hindi</source>
        <translation>Hindi</translation>
    </message>
</context>
<context>
    <name>LawPage</name>
    <message>
        <source>A live class</source>
        <translation>Eine Klasse, live</translation>
    </message>
    <message>
        <source>Answer both, and what follows from it is said here.</source>
        <translation>Beantworten Sie beides, dann steht hier, was daraus folgt.</translation>
    </message>
    <message>
        <source>Choose the first if anybody in the call is there.</source>
        <translation>Wählen Sie das Erste, wenn jemand im Anruf dort ist.</translation>
    </message>
    <message>
        <source>Here the law of your country and the rules of your school decide. India restricts watching how children behave, and many other laws treat such figures as personal data.</source>
        <translation>Hier entscheiden das Gesetz Ihres Landes und die Regeln Ihrer Schule. Indien schränkt ein, das Verhalten von Kindern zu beobachten, und viele andere Gesetze behandeln solche Zahlen als persönliche Daten.</translation>
    </message>
    <message>
        <source>Here the law of your country decides. In many places those who work there, or who speaks for them, must have agreed first.</source>
        <translation>Hier entscheidet das Gesetz Ihres Landes. Vielerorts müssen die Beschäftigten, oder wer für sie spricht, vorher zugestimmt haben.</translation>
    </message>
    <message>
        <source>Here the law of your country decides. Many laws treat such figures as personal data: tell those who are seen, and let them say no.</source>
        <translation>Hier entscheidet das Gesetz Ihres Landes. Viele Gesetze behandeln solche Zahlen als persönliche Daten: sagen Sie es denen, die zu sehen sind, und lassen Sie sie Nein sagen.</translation>
    </message>
    <message>
        <source>Outside of teaching and work the AI Act allows it, and whoever is seen must be told (Article 50(3)). Figures of people fall under the law of data protection as well.</source>
        <translation>Außerhalb von Unterricht und Arbeit erlaubt es der AI Act, und wer zu sehen ist, muss es erfahren (Artikel 50 Absatz 3). Zahlen über Menschen fallen auch unter den Datenschutz.</translation>
    </message>
    <message>
        <source>Recordings and pictures of others</source>
        <translation>Aufnahmen und Bilder von anderen</translation>
    </message>
    <message>
        <source>Recordings of yourself</source>
        <translation>Aufnahmen von Ihnen selbst</translation>
    </message>
    <message>
        <source>The demo class</source>
        <translation>Die Demoklasse</translation>
    </message>
    <message>
        <source>This is Article 5(1)(f) of the AI Act. Its only exceptions are medical and safety reasons, and this program is made for neither.</source>
        <translation>Das ist Artikel 5 Absatz 1 Buchstabe f des AI Act. Ausgenommen sind nur medizinische Gründe und die Sicherheit, und für beides ist dieses Programm nicht gemacht.</translation>
    </message>
    <message>
        <source>This is no legal advice: ask whoever answers for it at your school or company.</source>
        <translation>Das ist keine Rechtsberatung: fragen Sie an Ihrer Schule oder in Ihrer Firma, wer dafür zuständig ist.</translation>
    </message>
    <message>
        <source>Where it may be used</source>
        <translation>Wo es benutzt werden darf</translation>
    </message>
    <message>
        <source>With these answers all sources can be used.</source>
        <translation>Mit diesen Antworten stehen alle Quellen offen.</translation>
    </message>
    <message>
        <source>Your own camera</source>
        <translation>Ihre eigene Kamera</translation>
    </message>
    <message>
        <source>✓ can be used</source>
        <translation>✓ steht offen</translation>
    </message>
    <message>
        <source>✕ stays off</source>
        <translation>✕ bleibt aus</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Beyond chance</source>
        <translation>Mehr als Zufall</translation>
    </message>
    <message>
        <source>Drawn where at least three faces look sad, afraid or angry; else among neutral.</source>
        <translation>Gezeichnet, wo mindestens drei Gesichter traurig, ängstlich oder wütend wirken; sonst bei neutral.</translation>
    </message>
    <message>
        <source>Show or hide {expression}</source>
        <translation>{expression} ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Show {expression}</source>
        <translation>{expression} zeigen</translation>
    </message>
    <message>
        <source>The other lesson</source>
        <translation>Die andere Stunde</translation>
    </message>
    <message>
        <source>This lesson</source>
        <translation>Diese Stunde</translation>
    </message>
    <message>
        <source>Usual, middle 80 %</source>
        <translation>Sonst, mittlere 80 %</translation>
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
        <translation>bleibt, bis Sie sie löschen</translation>
    </message>
    <message>
        <source>kept until {day}</source>
        <translation>aufbewahrt bis {day}</translation>
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
        <translation>Stunde</translation>
    </message>
    <message>
        <source>Means over 30 s, of the faces read.</source>
        <translation>Mittel über 30 s, der gelesenen Gesichter.</translation>
    </message>
    <message>
        <source>Nothing of this lesson was seen.</source>
        <translation>Von dieser Stunde wurde nichts gesehen.</translation>
    </message>
    <message>
        <source>Seven curves</source>
        <translation>Sieben Kurven</translation>
    </message>
    <message>
        <source>Show 10 min around the chosen moment</source>
        <translation>10 min um den gewählten Moment zeigen</translation>
    </message>
    <message>
        <source>Show seven curves</source>
        <translation>Sieben Kurven zeigen</translation>
    </message>
    <message>
        <source>Show the last 10 min</source>
        <translation>Die letzten 10 min zeigen</translation>
    </message>
    <message>
        <source>Show the whole lesson</source>
        <translation>Die ganze Stunde zeigen</translation>
    </message>
    <message>
        <source>The lesson</source>
        <translation>Die Stunde</translation>
    </message>
    <message>
        <source>The lesson appears here as soon as a face is read.</source>
        <translation>Hier erscheint die Stunde, sobald ein Gesicht gelesen ist.</translation>
    </message>
    <message>
        <source>The lesson so far</source>
        <translation>Die Stunde bisher</translation>
    </message>
    <message>
        <source>The lesson so far, as a chart</source>
        <translation>Die Stunde bisher, als Verlauf</translation>
    </message>
    <message>
        <source>The lesson, as a chart</source>
        <translation>Die Stunde als Diagramm</translation>
    </message>
</context>
<context>
    <name>LessonFooter</name>
    <message>
        <source>Back to now</source>
        <translation>Zurück zu jetzt</translation>
    </message>
</context>
<context>
    <name>LessonHeader</name>
    <message>
        <source>Back to your lessons</source>
        <translation>Zurück zu Ihren Stunden</translation>
    </message>
    <message>
        <source>Back to your lessons (Escape)</source>
        <translation>Zurück zu Ihren Stunden (Esc)</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Vergleichen…</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Spreadsheet</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>This lesson is being recorded: stop it first.</source>
        <translation>Diese Stunde wird gerade aufgezeichnet: beenden Sie sie zuerst.</translation>
    </message>
</context>
<context>
    <name>LessonLabels</name>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>half</source>
        <translation>die Hälfte</translation>
    </message>
    <message>
        <source>learning</source>
        <translation>lernt noch,</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>told of {count} faces or more</source>
        <translation>genannt ab {count} Gesichtern</translation>
    </message>
    <message>
        <source>usually about {count}</source>
        <translation>sonst etwa {count}</translation>
    </message>
    <message>
        <source>what is usual</source>
        <translation>was üblich ist</translation>
    </message>
    <message>
        <source>{count} of {all}</source>
        <translation>{count} von {all}</translation>
    </message>
    <message>
        <source>{group}: {faces}</source>
        <translation>{group}: {faces}</translation>
    </message>
</context>
<context>
    <name>LessonMarking</name>
    <message>
        <source>marker {number}</source>
        <translation>Markierung {number}</translation>
    </message>
</context>
<context>
    <name>LessonMenu</name>
    <message>
        <source>&amp;Class</source>
        <translation>&amp;Klasse</translation>
    </message>
    <message>
        <source>&amp;Erase</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;None</source>
        <translation>K&amp;eine</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>&amp;Save as CSV, or erase what a marker says…</source>
        <translation>Als &amp;CSV speichern oder Markierungstext löschen …</translation>
    </message>
    <message>
        <source>Another &amp;class…</source>
        <translation>&amp;Andere Klasse …</translation>
    </message>
    <message>
        <source>Erase: stop it first</source>
        <translation>Löschen: erst beenden</translation>
    </message>
</context>
<context>
    <name>LessonPage</name>
    <message>
        <source>Lesson</source>
        <translation>Stunde</translation>
    </message>
    <message>
        <source>Reading the lesson…</source>
        <translation>Die Stunde wird gelesen…</translation>
    </message>
</context>
<context>
    <name>LessonPlot</name>
    <message>
        <source>Press to rename or remove this marker</source>
        <translation>Drücken, um diese Marke umzubenennen oder zu entfernen</translation>
    </message>
    <message>
        <source>fewer in view</source>
        <translation>weniger im Bild</translation>
    </message>
    <message>
        <source>fewer smiling</source>
        <translation>weniger lächeln</translation>
    </message>
    <message>
        <source>more look low</source>
        <translation>mehr wirken traurig, ängstlich oder wütend</translation>
    </message>
    <message>
        <source>more smiling</source>
        <translation>mehr lächeln</translation>
    </message>
    <message>
        <source>more surprised</source>
        <translation>mehr überrascht</translation>
    </message>
    <message>
        <source>more turned away</source>
        <translation>mehr abgewandt</translation>
    </message>
</context>
<context>
    <name>LessonQuestions</name>
    <message numerus="yes">
        <source>Leave out again? %n last time: click them.</source>
        <translation>
            <numerusform>Wieder auslassen? Zuletzt %n: anklicken.</numerusform>
            <numerusform>Wieder auslassen? Zuletzt %n: anklicken.</numerusform>
        </translation>
    </message>
    <message>
        <source>Leave out again? 1 last time: click who it is.</source>
        <translation>Wieder auslassen? Zuletzt 1: anklicken.</translation>
    </message>
    <message>
        <source>Leave yourself out, and who was left out last time?</source>
        <translation>Sich selbst auslassen, und wer letztes Mal ausgelassen war?</translation>
    </message>
    <message>
        <source>Show the picture</source>
        <translation>Bild zeigen</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Which is you? Click your own picture.</source>
        <translation>Wer sind Sie? Klicken Sie Ihr Bild an.</translation>
    </message>
    <message>
        <source>Which is you? You are left out then, and count nowhere.</source>
        <translation>Wer sind Sie? Sie werden dann ausgelassen und zählen nirgends.</translation>
    </message>
</context>
<context>
    <name>LessonRows</name>
    <message>
        <source>Your lessons</source>
        <translation>Ihre Stunden</translation>
    </message>
</context>
<context>
    <name>LessonView</name>
    <message>
        <source>Choose a moment below, or play: its squares appear here.</source>
        <translation>Wählen Sie unten einen Moment, oder spielen Sie ab: Seine Quadrate erscheinen hier.</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Stunde</translation>
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
        <translation>0–2 von {faces}</translation>
    </message>
    <message>
        <source>About as usual</source>
        <translation>Etwa wie sonst</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Compared with the time before “{marker}”.</source>
        <translation>Verglichen mit der Zeit vor „{marker}“.</translation>
    </message>
    <message>
        <source>Fewer faces than usual look sad, afraid or angry</source>
        <translation>Weniger Gesichter als sonst wirken traurig, ängstlich oder wütend</translation>
    </message>
    <message>
        <source>Fewer faces than usual look surprised</source>
        <translation>Weniger Gesichter als sonst wirken überrascht</translation>
    </message>
    <message>
        <source>Fewer faces than usual smile</source>
        <translation>Weniger Gesichter als sonst lächeln</translation>
    </message>
    <message>
        <source>Learning what is usual</source>
        <translation>Lernt noch, was üblich ist</translation>
    </message>
    <message>
        <source>Learning what is usual.</source>
        <translation>Lernt noch, was üblich ist.</translation>
    </message>
    <message>
        <source>Lesson so far, {time}: {groups}</source>
        <translation>Stunde bisher, {time}: {groups}</translation>
    </message>
    <message>
        <source>Lesson so far, {time}: {why}</source>
        <translation>Stunde bisher, {time}: {why}</translation>
    </message>
    <message>
        <source>Lesson so far: nothing was read yet.</source>
        <translation>Stunde bisher: noch nichts gelesen.</translation>
    </message>
    <message>
        <source>More faces than usual look sad, afraid or angry</source>
        <translation>Mehr Gesichter als sonst wirken traurig, ängstlich oder wütend</translation>
    </message>
    <message>
        <source>More faces than usual look surprised</source>
        <translation>Mehr Gesichter als sonst wirken überrascht</translation>
    </message>
    <message>
        <source>More faces than usual smile</source>
        <translation>Mehr Gesichter als sonst lächeln</translation>
    </message>
    <message>
        <source>Ten minutes before: {groups}</source>
        <translation>Zehn Minuten davor: {groups}</translation>
    </message>
    <message>
        <source>The lesson took {time}.</source>
        <translation>Die Stunde dauerte {time}.</translation>
    </message>
    <message>
        <source>about {count} of {faces}</source>
        <translation>etwa {count} von {faces}</translation>
    </message>
    <message>
        <source>asleep</source>
        <translation>Computer schlief</translation>
    </message>
    <message>
        <source>cameras on</source>
        <translation>Kameras an</translation>
    </message>
    <message>
        <source>covered</source>
        <translation>verdeckt</translation>
    </message>
    <message>
        <source>no face</source>
        <translation>kein Gesicht</translation>
    </message>
    <message>
        <source>no picture</source>
        <translation>kein Bild</translation>
    </message>
    <message>
        <source>not seen</source>
        <translation>nicht gesehen</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>read</source>
        <translation>gelesen</translation>
    </message>
    <message>
        <source>sad, afraid or angry</source>
        <translation>traurig, ängstlich oder wütend</translation>
    </message>
    <message>
        <source>smiling</source>
        <translation>lächelnd</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>surprised</source>
        <translation>überrascht</translation>
    </message>
    <message>
        <source>too few faces</source>
        <translation>zu wenige Gesichter</translation>
    </message>
    <message>
        <source>too slow</source>
        <translation>zu langsam</translation>
    </message>
    <message>
        <source>turned away</source>
        <translation>abgewandt</translation>
    </message>
    <message>
        <source>usually 0–2</source>
        <translation>sonst 0–2</translation>
    </message>
    <message>
        <source>usually about {count}</source>
        <translation>sonst etwa {count}</translation>
    </message>
    <message>
        <source>{count} of {all}</source>
        <translation>{count} von {all}</translation>
    </message>
    <message>
        <source>{count} read</source>
        <translation>{count} gelesen</translation>
    </message>
    <message>
        <source>{count} {fact}</source>
        <translation>{fact}: {count}</translation>
    </message>
    <message>
        <source>{faces} {group}</source>
        <translation>{group}: {faces}</translation>
    </message>
</context>
<context>
    <name>LessonsModel</name>
    <message>
        <source>Demo class: generated faces, nobody&apos;s lesson</source>
        <translation>Demo-Klasse: erzeugte Gesichter, keine echte Stunde</translation>
    </message>
</context>
<context>
    <name>Listed</name>
    <message numerus="yes">
        <source>%n lessons</source>
        <translation>
            <numerusform>%n Stunde</numerusform>
            <numerusform>%n Stunden</numerusform>
        </translation>
    </message>
    <message>
        <source>1 lesson</source>
        <translation>1 Stunde</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Kept for {days} days, then erased.</source>
        <translation>Sie bleiben {days} Tage, dann werden sie gelöscht.</translation>
    </message>
    <message>
        <source>Kept until the next lesson or start, then erased.</source>
        <translation>Sie bleiben bis zur nächsten Stunde oder zum nächsten Start, dann werden sie gelöscht.</translation>
    </message>
    <message>
        <source>Kept until you erase them.</source>
        <translation>Sie bleiben, bis Sie sie löschen.</translation>
    </message>
    <message>
        <source>Save or erase…</source>
        <translation>Speichern oder löschen…</translation>
    </message>
    <message>
        <source>Search lessons, classes, markers</source>
        <translation>Stunden, Klassen, Markierungen suchen</translation>
    </message>
    <message>
        <source>This lesson</source>
        <translation>Diese Stunde</translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message>
        <source>Click to leave it out</source>
        <translation>Klicken, um es auszulassen</translation>
    </message>
    <message>
        <source>Everybody found is left out. Click somebody to bring them back</source>
        <translation>Alle, die gefunden wurden, sind ausgelassen. Klicken Sie jemanden an, um ihn zurückzuholen</translation>
    </message>
    <message>
        <source>Face {number} of {many}</source>
        <translation>Gesicht {number} von {many}</translation>
    </message>
    <message numerus="yes">
        <source>Figures of the class are shown from %n readable faces on</source>
        <translation>
            <numerusform>Zahlen der Klasse gibt es ab %n lesbaren Gesicht</numerusform>
            <numerusform>Zahlen der Klasse gibt es ab %n lesbaren Gesichtern</numerusform>
        </translation>
    </message>
    <message>
        <source>Left out: click to bring it back</source>
        <translation>Ausgelassen: klicken, um es zurückzuholen</translation>
    </message>
    <message>
        <source>Live view</source>
        <translation>Live-Bild</translation>
    </message>
    <message>
        <source>No camera is on</source>
        <translation>Keine Kamera ist an</translation>
    </message>
    <message>
        <source>No face found in this picture</source>
        <translation>Kein Gesicht in diesem Bild gefunden</translation>
    </message>
    <message>
        <source>No face is large and clear enough to read</source>
        <translation>Kein Gesicht ist groß und klar genug</translation>
    </message>
    <message>
        <source>Not counted: {reason}</source>
        <translation>Nicht gezählt: {reason}</translation>
    </message>
    <message>
        <source>Not readable: {reason}, {height} px tall</source>
        <translation>Nicht lesbar: {reason}, {height} px hoch</translation>
    </message>
    <message>
        <source>Not sure: it counts as “not sure”.</source>
        <translation>Unsicher: es zählt als „unsicher“.</translation>
    </message>
    <message>
        <source>Not sure: {expressions}</source>
        <translation>Unsicher: {expressions}</translation>
    </message>
    <message>
        <source>Read. It counts in the class.</source>
        <translation>Gelesen. Es zählt zur Klasse.</translation>
    </message>
    <message>
        <source>Seat {seat}</source>
        <translation>Platz {seat}</translation>
    </message>
    <message>
        <source>Seat {seat}: here for less than a minute</source>
        <translation>Platz {seat}: seit weniger als einer Minute da</translation>
    </message>
    <message>
        <source>Seat {seat}: here for {minutes} min</source>
        <translation>Platz {seat}: seit {minutes} min da</translation>
    </message>
    <message>
        <source>Tile {number} of {many}</source>
        <translation>Kachel {number} von {many}</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>you</source>
        <comment>the user&apos;s own tile</comment>
        <translation>Sie</translation>
    </message>
    <message>
        <source>{columns} × {rows} tiles</source>
        <translation>{columns} × {rows} Kacheln</translation>
    </message>
    <message>
        <source>{expression} {percent} %</source>
        <comment>happy 82 %</comment>
        <translation>{expression} {percent}&#xa0;%</translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n faces</source>
        <translation>
            <numerusform>{readable} von %n Gesicht</numerusform>
            <numerusform>{readable} von %n Gesichtern</numerusform>
        </translation>
    </message>
    <message>
        <source>{readable} of 1 face</source>
        <translation>{readable} von 1 Gesicht</translation>
    </message>
    <message>
        <source>{tiles}; {faces}</source>
        <translation>{tiles}; {faces}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Change answers</source>
        <translation>Antworten ändern</translation>
    </message>
    <message>
        <source>Only I am in it</source>
        <translation>Nur ich bin darin</translation>
    </message>
</context>
<context>
    <name>MarkerFlag</name>
    <message>
        <source>Brown</source>
        <translation>Braun</translation>
    </message>
    <message>
        <source>Choose a marker first: then this gives it another colour</source>
        <translation>Wählen Sie zuerst eine Markierung: Dann gibt dies ihr eine andere Farbe</translation>
    </message>
    <message>
        <source>Colour of the chosen marker</source>
        <translation>Farbe der gewählten Markierung</translation>
    </message>
    <message>
        <source>Colour of the marker at {time}</source>
        <translation>Farbe der Markierung bei {time}</translation>
    </message>
    <message>
        <source>Colour: {colour}. Press for the next</source>
        <translation>Farbe: {colour}. Drücken für die nächste</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Blaugrün</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violett</translation>
    </message>
</context>
<context>
    <name>MarkerList</name>
    <message>
        <source>Removed: {name}</source>
        <translation>Entfernt: {name}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>MarkerPopover</name>
    <message>
        <source>Name of the marker</source>
        <translation>Name der Markierung</translation>
    </message>
    <message>
        <source>Name of this moment (optional)</source>
        <translation>Name dieses Moments (freiwillig)</translation>
    </message>
    <message>
        <source>The moment is marked. Enter: done · Esc: take it back</source>
        <translation>Der Moment ist markiert. Enter: fertig · Esc: zurücknehmen</translation>
    </message>
</context>
<context>
    <name>MarkerRow</name>
    <message>
        <source>Name of the marker at {time}</source>
        <translation>Name der Markierung bei {time}</translation>
    </message>
    <message>
        <source>Remove the marker at {time}</source>
        <translation>Markierung bei {time} entfernen</translation>
    </message>
    <message>
        <source>Remove this marker</source>
        <translation>Diese Markierung entfernen</translation>
    </message>
</context>
<context>
    <name>Marking</name>
    <message>
        <source>Marked at {time}: {name}</source>
        <translation>Markiert bei {time}: {name}</translation>
    </message>
    <message>
        <source>Marked: {name}</source>
        <translation>Markiert: {name}</translation>
    </message>
    <message>
        <source>No marker is set yet</source>
        <translation>Noch ist keine Marke gesetzt</translation>
    </message>
    <message>
        <source>Nothing marked: no frame has come yet</source>
        <translation>Nichts markiert: noch ist kein Bild gekommen</translation>
    </message>
    <message>
        <source>Nothing to compare with: set a marker first</source>
        <translation>Nichts zum Vergleichen: setzen Sie zuerst eine Markierung</translation>
    </message>
    <message>
        <source>The marker is taken back</source>
        <translation>Die Marke ist zurückgenommen</translation>
    </message>
    <message>
        <source>marker {number}</source>
        <translation>Markierung {number}</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;About FER Desktop</source>
        <translation>Über &amp;FER Desktop</translation>
    </message>
    <message>
        <source>&amp;Back up all…</source>
        <translation>Alle &amp;sichern…</translation>
    </message>
    <message>
        <source>&amp;Bring everybody back</source>
        <translation>&amp;Alle zurückholen</translation>
    </message>
    <message>
        <source>&amp;Cameras and all others</source>
        <translation>&amp;Kameras und alle anderen</translation>
    </message>
    <message>
        <source>&amp;Change answers…</source>
        <translation>Ant&amp;worten ändern…</translation>
    </message>
    <message>
        <source>&amp;Compare with the last marker</source>
        <translation>Mit letzter Markierung &amp;vergleichen</translation>
    </message>
    <message>
        <source>&amp;Demo class</source>
        <translation>&amp;Demoklasse</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;First steps and help</source>
        <translation>&amp;Erste Schritte und Hilfe</translation>
    </message>
    <message>
        <source>&amp;Folder of pictures…</source>
        <translation>&amp;Ordner mit Bildern…</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Import a CSV…</source>
        <translation>CSV &amp;einlesen…</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;Lesson</source>
        <translation>&amp;Stunde</translation>
    </message>
    <message>
        <source>&amp;Marker…	M</source>
        <translation>&amp;Markierung…	M</translation>
    </message>
    <message>
        <source>&amp;Mini strip</source>
        <translation>Kleine Lei&amp;ste</translation>
    </message>
    <message>
        <source>&amp;Part of the screen…</source>
        <translation>&amp;Teil des Bildschirms…</translation>
    </message>
    <message>
        <source>&amp;Pause	Space</source>
        <translation>&amp;Pause	Leertaste</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Recording or pictures…</source>
        <translation>&amp;Aufnahme oder Bilder…</translation>
    </message>
    <message>
        <source>&amp;Restore…</source>
        <translation>&amp;Wiederherstellen…</translation>
    </message>
    <message>
        <source>&amp;Resume	Space</source>
        <translation>&amp;Weiter	Leertaste</translation>
    </message>
    <message>
        <source>&amp;Seats</source>
        <translation>&amp;Plätze</translation>
    </message>
    <message>
        <source>&amp;Stop and save</source>
        <translation>&amp;Beenden und speichern</translation>
    </message>
    <message>
        <source>&amp;This is me…</source>
        <translation>&amp;Das bin ich…</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Window…</source>
        <translation>&amp;Fenster…</translation>
    </message>
    <message>
        <source>&amp;Your lessons</source>
        <translation>&amp;Ihre Stunden</translation>
    </message>
    <message>
        <source>About the &amp;model</source>
        <translation>Über das &amp;Modell</translation>
    </message>
    <message>
        <source>All less&amp;ons</source>
        <translation>Alle St&amp;unden</translation>
    </message>
    <message>
        <source>Change mar&amp;kers…</source>
        <translation>Mar&amp;ken ändern…</translation>
    </message>
    <message>
        <source>F&amp;ind a lesson</source>
        <translation>Stunde suc&amp;hen</translation>
    </message>
    <message>
        <source>Fold what is &amp;read away</source>
        <translation>&amp;Gelesenes einklappen</translation>
    </message>
    <message>
        <source>R&amp;esume after Stop</source>
        <translation>Nach dem Beenden fo&amp;rtsetzen</translation>
    </message>
    <message>
        <source>S&amp;ave or erase lessons…</source>
        <translation>Stunden speichern oder &amp;löschen…</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>S&amp;tream…</source>
        <translation>St&amp;ream…</translation>
    </message>
    <message>
        <source>Start a &amp;lesson</source>
        <translation>&amp;Stunde beginnen</translation>
    </message>
    <message>
        <source>When something goes &amp;wrong</source>
        <translation>Wenn etwas &amp;nicht klappt</translation>
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
        <translation>100 %</translation>
    </message>
    <message>
        <source>115 %</source>
        <translation>115 %</translation>
    </message>
    <message>
        <source>130 %</source>
        <translation>130 %</translation>
    </message>
    <message>
        <source>150 %</source>
        <translation>150 %</translation>
    </message>
    <message>
        <source>A .keras file needs TensorFlow to be installed; a .tflite file needs nothing else.</source>
        <translation>Eine .keras-Datei braucht TensorFlow; eine .tflite-Datei braucht sonst nichts.</translation>
    </message>
    <message>
        <source>A USB disk was pulled out, or a network drive cannot be reached.</source>
        <translation>Ein USB-Datenträger wurde abgezogen, oder ein Netzlaufwerk ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>A backup of a newer version needs that version: install it first.</source>
        <translation>Die Sicherung einer neueren Version braucht diese Version: Installieren Sie sie zuerst.</translation>
    </message>
    <message>
        <source>A backup or CSV cannot be taken over</source>
        <translation>Eine Sicherung oder CSV kann nicht übernommen werden</translation>
    </message>
    <message>
        <source>A break: nobody is in sight.</source>
        <translation>Eine Pause: Niemand ist zu sehen.</translation>
    </message>
    <message>
        <source>A change is named from {least} faces of {faces} on, once it lasts: smaller ones can be chance.</source>
        <translation>Eine Änderung wird ab {least} von {faces} Gesichtern genannt, wenn sie anhält: Kleinere können Zufall sein.</translation>
    </message>
    <message>
        <source>A change is reported when at least three faces differ (more in a large class) for 20 seconds.</source>
        <translation>Eine Änderung wird gemeldet, wenn mindestens drei Gesichter (in großen Klassen mehr) 20 Sekunden lang anders sind.</translation>
    </message>
    <message>
        <source>A face is not a feeling. These figures judge nobody, and name nobody.</source>
        <translation>Ein Gesicht ist kein Gefühl. Diese Zahlen beurteilen niemanden und nennen niemanden.</translation>
    </message>
    <message>
        <source>A fault in the program</source>
        <translation>Ein Fehler im Programm</translation>
    </message>
    <message>
        <source>A fault in the program was met; what happened is in the log file.</source>
        <translation>Im Programm ist ein Fehler aufgetreten; was geschah, steht in der Protokolldatei.</translation>
    </message>
    <message>
        <source>A few words and a bar that stay on top while you present.</source>
        <translation>Wenige Worte und ein Balken, die beim Präsentieren oben bleiben.</translation>
    </message>
    <message>
        <source>A file can no longer be written. While a session runs, unsaved seconds wait in memory.</source>
        <translation>Eine Datei kann nicht mehr geschrieben werden. Solange eine Sitzung läuft, warten ungespeicherte Sekunden im Speicher.</translation>
    </message>
    <message>
        <source>A file or folder cannot be written</source>
        <translation>Eine Datei oder ein Ordner kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>A file that belongs to the program is missing or has been changed.</source>
        <translation>Eine Datei des Programms fehlt oder wurde verändert.</translation>
    </message>
    <message>
        <source>A file with that name already exists and is not overwritten.</source>
        <translation>Eine Datei dieses Namens gibt es schon, und sie wird nicht überschrieben.</translation>
    </message>
    <message>
        <source>A laptop slows down on battery or when it is hot.</source>
        <translation>Ein Laptop wird mit Akku oder bei Hitze langsamer.</translation>
    </message>
    <message>
        <source>A lesson</source>
        <translation>Eine Stunde</translation>
    </message>
    <message>
        <source>A lesson is erased automatically after 30 days, or when “Lessons are kept” in the settings says so.</source>
        <translation>Eine Stunde wird nach 30 Tagen von selbst gelöscht, oder wann „Stunden bleiben“ in den Einstellungen es sagt.</translation>
    </message>
    <message>
        <source>A lesson is no longer there</source>
        <translation>Eine Stunde ist nicht mehr da</translation>
    </message>
    <message>
        <source>A line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>A line and a sound</source>
        <translation>Zeile und Ton</translation>
    </message>
    <message>
        <source>A monitor was unplugged, switched off, or changed in size.</source>
        <translation>Ein Monitor wurde abgezogen, ausgeschaltet oder anders eingestellt.</translation>
    </message>
    <message>
        <source>A picture cannot be read</source>
        <translation>Ein Bild kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>A picture you chose cannot be opened. Others in the same folder are still read.</source>
        <translation>Ein gewähltes Bild lässt sich nicht öffnen. Andere im selben Ordner werden trotzdem gelesen.</translation>
    </message>
    <message>
        <source>A question may read the views lesson, second and moment, and nothing else: see docs/store.md.</source>
        <translation>Eine Frage darf die Sichten lesson, second und moment lesen und sonst nichts: siehe docs/store.md.</translation>
    </message>
    <message>
        <source>A row for each participant: camera, face in view, read or why not, since when; never an expression</source>
        <translation>Eine Zeile je Teilnehmer: Kamera, Gesicht im Bild, gelesen oder warum nicht, seit wann; nie ein Ausdruck</translation>
    </message>
    <message>
        <source>A session is being recorded: end it, then repair the store.</source>
        <translation>Eine Sitzung wird gerade aufgezeichnet: beenden Sie sie, dann reparieren Sie den Speicher.</translation>
    </message>
    <message>
        <source>A session of the soak did not begin.</source>
        <translation>Eine Sitzung des Dauerlaufs begann nicht.</translation>
    </message>
    <message>
        <source>A session of the soak was not saved.</source>
        <translation>Eine Sitzung des Dauerlaufs wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>A stream&apos;s address begins with http://, https:// or rtsp:// and names a computer: correct it.</source>
        <translation>Die Adresse eines Streams beginnt mit http://, https:// oder rtsp:// und nennt einen Computer: berichtigen Sie sie.</translation>
    </message>
    <message>
        <source>A window of {program} covers the chosen window: move one of them aside, and the session goes on.</source>
        <translation>Ein Fenster von {program} verdeckt das gewählte Fenster: schieben Sie eines zur Seite, dann geht die Sitzung weiter.</translation>
    </message>
    <message>
        <source>About as usual.</source>
        <translation>Etwa wie sonst.</translation>
    </message>
    <message>
        <source>About the same throughout.</source>
        <translation>Die ganze Zeit etwa gleich.</translation>
    </message>
    <message>
        <source>About {faces} of {cameras} cameras that were on were read, for {length} of {whole}.</source>
        <translation>Etwa {faces} von {cameras} eingeschalteten Kameras wurden gelesen, {length} von {whole}.</translation>
    </message>
    <message>
        <source>After a crash or power cut, the lesson is there up to about the last second, and the program offers it at the next start.</source>
        <translation>Nach einem Absturz oder Stromausfall ist die Stunde bis etwa zur letzten Sekunde da, und das Programm bietet sie beim nächsten Start an.</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>Alerts need ten faces or more, and report good news as well as bad.</source>
        <translation>Hinweise brauchen mindestens zehn Gesichter und melden Gutes wie Schlechtes.</translation>
    </message>
    <message>
        <source>All cameras are off, or everybody was left out.</source>
        <translation>Alle Kameras sind aus, oder alle wurden ausgelassen.</translation>
    </message>
    <message>
        <source>An alert is one quiet line under the sentence: at most one every five minutes, three a lesson, and none in the first five minutes.</source>
        <translation>Ein Hinweis ist eine ruhige Zeile unter dem Satz: höchstens einer in fünf Minuten, drei je Stunde und keiner in den ersten fünf Minuten.</translation>
    </message>
    <message>
        <source>An alert is told by</source>
        <translation>Ein Hinweis kommt als</translation>
    </message>
    <message>
        <source>An alert when fewer faces than usual smile</source>
        <translation>Ein Hinweis, wenn weniger Gesichter als sonst lächeln</translation>
    </message>
    <message>
        <source>An alert when more cameras than usual show no face</source>
        <translation>Ein Hinweis, wenn mehr Kameras als sonst kein Gesicht zeigen</translation>
    </message>
    <message>
        <source>An alert when more faces than usual are turned away</source>
        <translation>Ein Hinweis, wenn mehr Gesichter als sonst abgewandt sind</translation>
    </message>
    <message>
        <source>An alert when more faces than usual look sad, afraid or angry</source>
        <translation>Ein Hinweis, wenn mehr Gesichter als sonst traurig, ängstlich oder wütend wirken</translation>
    </message>
    <message>
        <source>An alert when more faces than usual look surprised</source>
        <translation>Ein Hinweis, wenn mehr Gesichter als sonst überrascht wirken</translation>
    </message>
    <message>
        <source>An alert when more faces than usual smile</source>
        <translation>Ein Hinweis, wenn mehr Gesichter als sonst lächeln</translation>
    </message>
    <message>
        <source>Another file was put in the place of the session&apos;s: all of it is written again, to {path}.</source>
        <translation>Anstelle der Datei der Sitzung liegt dort eine andere: alles wird noch einmal geschrieben, nach {path}.</translation>
    </message>
    <message>
        <source>Another program, usually the call itself, is using it. Many cameras serve only one program at a time.</source>
        <translation>Ein anderes Programm, meist der Anruf selbst, benutzt sie. Viele Kameras dienen nur einem Programm auf einmal.</translation>
    </message>
    <message>
        <source>Another window covers 1 of {pictures} pictures: move it aside to read it.</source>
        <translation>Ein anderes Fenster verdeckt 1 von {pictures} Bildern: Schieben Sie es zur Seite, damit es gelesen wird.</translation>
    </message>
    <message>
        <source>Another window covers the chosen window: move one of them aside, and the session goes on.</source>
        <translation>Ein anderes Fenster verdeckt das gewählte Fenster: schieben Sie eines zur Seite, dann geht die Sitzung weiter.</translation>
    </message>
    <message>
        <source>Another window covers {count} of {pictures} pictures: move it aside to read them.</source>
        <translation>Ein anderes Fenster verdeckt {count} von {pictures} Bildern: Schieben Sie es zur Seite, damit sie gelesen werden.</translation>
    </message>
    <message>
        <source>Another window of this program is recording: this session is kept in its CSV file alone until that one ends.</source>
        <translation>Ein anderes Fenster dieses Programms zeichnet auf: diese Sitzung steht nur in ihrer CSV-Datei, bis jenes fertig ist.</translation>
    </message>
    <message>
        <source>Another window records</source>
        <translation>Ein anderes Fenster zeichnet auf</translation>
    </message>
    <message>
        <source>Answer the questions on the three short pages. They decide what may be opened where you are.</source>
        <translation>Beantworten Sie die Fragen auf den drei kurzen Seiten. Davon hängt ab, was bei Ihnen geöffnet werden darf.</translation>
    </message>
    <message>
        <source>Answers, settings and the program</source>
        <translation>Antworten, Einstellungen und Programm</translation>
    </message>
    <message>
        <source>Any alert may be a misreading, and many changes are missed: silence says nothing about the class.</source>
        <translation>Jeder Hinweis kann ein Lesefehler sein, und viele Änderungen entgehen: Schweigen sagt nichts über die Klasse.</translation>
    </message>
    <message>
        <source>Anybody who does not want to be read is left out, no reason asked.</source>
        <translation>Wer nicht gelesen werden will, wird ausgelassen, ohne Frage nach dem Grund.</translation>
    </message>
    <message>
        <source>Are you the only person in the recording? Press “Only I am in it”.</source>
        <translation>Sind nur Sie in der Aufnahme? Drücken Sie „Nur ich bin darin“.</translation>
    </message>
    <message>
        <source>As before</source>
        <translation>Wie vorher</translation>
    </message>
    <message>
        <source>As the network has it</source>
        <translation>Wie das Netz es vorgibt</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>Wie sonst</translation>
    </message>
    <message>
        <source>Ask if others would like to switch their cameras on. Nobody has to.</source>
        <translation>Fragen Sie, ob andere die Kamera einschalten möchten. Niemand muss.</translation>
    </message>
    <message>
        <source>Ask whoever looks after the camera for a user name that may watch it.</source>
        <translation>Fragen Sie, wer für die Kamera zuständig ist, nach einem Benutzernamen, der zusehen darf.</translation>
    </message>
    <message>
        <source>Asleep</source>
        <translation>Schlief</translation>
    </message>
    <message>
        <source>At most one in the quiet time and three a lesson, none in the first five minutes. Any may be a misreading.</source>
        <translation>Höchstens einer in der Ruhezeit und drei je Stunde, keiner in den ersten fünf Minuten. Jeder kann falsch gelesen sein.</translation>
    </message>
    <message>
        <source>Before anything is read, you are asked where the class is and what the calls are for. With your answers, or without any, this source stays off.</source>
        <translation>Bevor etwas gelesen wird, werden Sie gefragt, wo die Klasse ist und wozu die Anrufe dienen. Mit Ihren Antworten, oder ohne welche, bleibt diese Quelle aus.</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Ausgelastet</translation>
    </message>
    <message>
        <source>CSV file</source>
        <translation>CSV-Datei</translation>
    </message>
    <message>
        <source>CSV files are saved in</source>
        <translation>CSV-Dateien kommen in</translation>
    </message>
    <message>
        <source>Cameras, streams and recordings</source>
        <translation>Kameras, Streams und Aufnahmen</translation>
    </message>
    <message>
        <source>Carry on. If nothing is read any more, press “Stop” and begin another session.</source>
        <translation>Machen Sie weiter. Wird nichts mehr gelesen, drücken Sie „Stopp“ und beginnen Sie eine neue Sitzung.</translation>
    </message>
    <message>
        <source>Check in the system’s privacy settings that programs may use the camera.</source>
        <translation>Prüfen Sie in den Datenschutz-Einstellungen des Systems, ob Programme die Kamera benutzen dürfen.</translation>
    </message>
    <message>
        <source>Check that this computer is on the same network as the sender.</source>
        <translation>Prüfen Sie, ob dieser Computer im selben Netzwerk ist wie der Sender.</translation>
    </message>
    <message>
        <source>Choose the file again in the settings, which ask for what is missing.</source>
        <translation>Wählen Sie die Datei in den Einstellungen noch einmal; sie fragen nach, was fehlt.</translation>
    </message>
    <message>
        <source>Choose the file as this program wrote it, and copy it again from where it was made.</source>
        <translation>Wählen Sie die Datei, wie dieses Programm sie geschrieben hat, und kopieren Sie sie noch einmal von dort, wo sie entstand.</translation>
    </message>
    <message>
        <source>Clear the field in the settings to use the built-in one.</source>
        <translation>Leeren Sie das Feld in den Einstellungen, dann gilt das eingebaute.</translation>
    </message>
    <message>
        <source>Click the call in the taskbar or dock: the session goes on by itself.</source>
        <translation>Klicken Sie den Anruf in der Taskleiste oder im Dock an: Die Sitzung geht von selbst weiter.</translation>
    </message>
    <message>
        <source>Click the person’s tile: it goes dark and is no longer counted. Click again to bring it back.</source>
        <translation>Klicken Sie die Kachel der Person an: Sie wird dunkel und zählt nicht mehr. Ein zweiter Klick holt sie zurück.</translation>
    </message>
    <message>
        <source>Close programs and browser tabs that you do not need.</source>
        <translation>Schließen Sie Programme und Browser-Tabs, die Sie nicht brauchen.</translation>
    </message>
    <message>
        <source>Close the program and start it again: it repairs what it can.</source>
        <translation>Schließen Sie das Programm und starten Sie es neu: Es repariert, was es kann.</translation>
    </message>
    <message>
        <source>Close “Saved lessons” and open it again.</source>
        <translation>Schließen Sie „Gespeicherte Stunden“, und öffnen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Compare each face with how it usually looks</source>
        <translation>Jedes Gesicht mit seinem üblichen Aussehen vergleichen</translation>
    </message>
    <message>
        <source>Compared: {minutes} min.</source>
        <translation>Verglichen: {minutes} min.</translation>
    </message>
    <message>
        <source>Copies are saved in</source>
        <translation>Kopien werden gespeichert in</translation>
    </message>
    <message>
        <source>Copy it to one of your own folders and choose it there.</source>
        <translation>Kopieren Sie sie in einen eigenen Ordner und wählen Sie sie dort.</translation>
    </message>
    <message>
        <source>Copy the address from the camera’s manual or settings.</source>
        <translation>Kopieren Sie die Adresse aus Anleitung oder Einstellungen der Kamera.</translation>
    </message>
    <message>
        <source>Copying or downloading it was interrupted.</source>
        <translation>Kopieren oder Herunterladen wurde unterbrochen.</translation>
    </message>
    <message>
        <source>Correct the value named in the message.</source>
        <translation>Berichtigen Sie den in der Meldung genannten Wert.</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Abdeckung</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>Verdeckt</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Detector or network failed {times} times in a row, and nothing is read any more: stop the session, and begin another.</source>
        <translation>Gesichtssuche oder Netz versagten {times}-mal nacheinander, und nichts wird mehr gelesen: beenden Sie die Sitzung und beginnen Sie eine neue.</translation>
    </message>
    <message>
        <source>Detector or network gave no answer for {seconds} s; they are loaded again.</source>
        <translation>Gesichtssuche oder Netz antworteten {seconds} s lang nicht; sie werden neu geladen.</translation>
    </message>
    <message>
        <source>Detector score from which a face is readable</source>
        <translation>Wert der Gesichtssuche, ab dem ein Gesicht lesbar ist</translation>
    </message>
    <message>
        <source>Deutsch</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>Different networks read them: what differs may be the networks&apos;, and is not told.</source>
        <translation>Verschiedene Netze haben sie gelesen: Was abweicht, kann an den Netzen liegen und wird nicht genannt.</translation>
    </message>
    <message>
        <source>Disks and saved lessons</source>
        <translation>Datenträger und gespeicherte Stunden</translation>
    </message>
    <message>
        <source>Does it happen again? Copy what is important, and have the disk checked.</source>
        <translation>Passiert es wieder? Kopieren Sie Wichtiges, und lassen Sie den Datenträger prüfen.</translation>
    </message>
    <message>
        <source>Download or copy it once more, and compare the sizes of both files.</source>
        <translation>Laden oder kopieren Sie sie noch einmal und vergleichen Sie die Größe beider Dateien.</translation>
    </message>
    <message>
        <source>Drag it anywhere. It remembers its place for these screens.</source>
        <translation>Ziehen Sie sie, wohin Sie wollen. Sie merkt sich ihren Platz für diese Bildschirme.</translation>
    </message>
    <message>
        <source>Each face is compared with how it usually looks</source>
        <translation>Jedes Gesicht wird mit seinem üblichen Aussehen verglichen</translation>
    </message>
    <message>
        <source>Each of the {n_expressions} classes is needed once: {expressions}.</source>
        <translation>Jede der {n_expressions} Klassen wird einmal gebraucht: {expressions}.</translation>
    </message>
    <message>
        <source>Earlier seconds hold only counts of the class. If that is too much, erase the lesson.</source>
        <translation>Frühere Sekunden enthalten nur Zahlen der Klasse. Ist das zu viel, löschen Sie die Stunde.</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>Anderswo</translation>
    </message>
    <message>
        <source>Elsewhere, the law of your country and the rules of your school decide. This is not legal advice.</source>
        <translation>Anderswo entscheiden das Recht Ihres Landes und die Regeln Ihrer Schule. Dies ist keine Rechtsberatung.</translation>
    </message>
    <message>
        <source>Empty the bin and delete or move large files. An hour of a lesson takes a few megabytes.</source>
        <translation>Leeren Sie den Papierkorb und löschen oder verschieben Sie große Dateien. Eine Stunde Unterricht braucht wenige Megabyte.</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Erasing</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Español</source>
        <translation>Español</translation>
    </message>
    <message>
        <source>FER Desktop, in your documents</source>
        <translation>FER Desktop, bei Ihren Dokumenten</translation>
    </message>
    <message>
        <source>Face detector</source>
        <translation>Gesichtssuche</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
    <message>
        <source>Faces are found, but they are too small or badly lit to read, so they are not counted.</source>
        <translation>Gesichter werden gefunden, sind aber zu klein oder schlecht beleuchtet zum Lesen; darum zählen sie nicht.</translation>
    </message>
    <message>
        <source>Faces are too small, dark or bright</source>
        <translation>Gesichter sind zu klein, zu dunkel oder zu hell</translation>
    </message>
    <message>
        <source>Few cameras are on, or many faces are too small.</source>
        <translation>Wenige Kameras sind an, oder viele Gesichter sind zu klein.</translation>
    </message>
    <message>
        <source>Fewer faces looked sad, afraid or angry than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}.</source>
        <translation>Weniger Gesichter wirkten traurig, ängstlich oder wütend als in der anderen Stunde, {when}: etwa {now} von {faces}, dort {other} von {others}.</translation>
    </message>
    <message>
        <source>Fewer faces looked sad, afraid or angry than is usual in this class, {when}: about {now} of {faces}, usually {other}.</source>
        <translation>Weniger Gesichter wirkten traurig, ängstlich oder wütend als sonst in dieser Klasse, {when}: etwa {now} von {faces}, sonst {other}.</translation>
    </message>
    <message>
        <source>Fewer faces looked surprised than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}.</source>
        <translation>Weniger Gesichter wirkten überrascht als in der anderen Stunde, {when}: etwa {now} von {faces}, dort {other} von {others}.</translation>
    </message>
    <message>
        <source>Fewer faces looked surprised than is usual in this class, {when}: about {now} of {faces}, usually {other}.</source>
        <translation>Weniger Gesichter wirkten überrascht als sonst in dieser Klasse, {when}: etwa {now} von {faces}, sonst {other}.</translation>
    </message>
    <message>
        <source>Fewer faces smiled than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}.</source>
        <translation>Weniger Gesichter lächelten als in der anderen Stunde, {when}: etwa {now} von {faces}, dort {other} von {others}.</translation>
    </message>
    <message>
        <source>Fewer faces smiled than is usual in this class, {when}: about {now} of {faces}, usually {other}.</source>
        <translation>Weniger Gesichter lächelten als sonst in dieser Klasse, {when}: etwa {now} von {faces}, sonst {other}.</translation>
    </message>
    <message>
        <source>Fewer faces than usual smile (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Weniger Gesichter als sonst lächeln (etwa {now} von {of}, sonst {usual}). Kann falsch gelesen sein.</translation>
    </message>
    <message>
        <source>Fewer faces than usual smile: about {now}, usually {usual}.</source>
        <translation>Weniger Gesichter als sonst lächeln: etwa {now}, sonst {usual}.</translation>
    </message>
    <message>
        <source>Fewer faces than usual smiled: about {now} of {of}, usually {usual}; for {length}.</source>
        <translation>Weniger Gesichter als sonst lächelten: etwa {now} von {of}, sonst {usual}; {length} lang.</translation>
    </message>
    <message>
        <source>Fewer smile than usual</source>
        <translation>Weniger&#xa0;lächeln&#xa0;als&#xa0;sonst</translation>
    </message>
    <message>
        <source>Fewer smiled until {time}.</source>
        <translation>Weniger lächelten bis {time}.</translation>
    </message>
    <message>
        <source>Fewer smiling</source>
        <translation>Weniger lächeln</translation>
    </message>
    <message>
        <source>Figures of fewer than 5 faces would tell of persons.</source>
        <translation>Zahlen von weniger als 5 Gesichtern würden von Einzelnen erzählen.</translation>
    </message>
    <message>
        <source>Figures of fewer than 5 faces would tell of persons: nothing is compared.</source>
        <translation>Zahlen von weniger als 5 Gesichtern würden Einzelne verraten: Es wird nichts verglichen.</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>For 180 days</source>
        <translation>180 Tage</translation>
    </message>
    <message>
        <source>For 30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>For 7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>For a class, figures are shown and kept only from five readable faces up. Fewer would describe individual people.</source>
        <translation>Von einer Klasse werden Zahlen erst ab fünf lesbaren Gesichtern gezeigt und behalten. Weniger würden einzelne Menschen beschreiben.</translation>
    </message>
    <message>
        <source>For a while nothing was read. The lesson has a gap there and goes on.</source>
        <translation>Eine Weile wurde nichts gelesen. Die Stunde hat dort eine Lücke und geht weiter.</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>Für immer</translation>
    </message>
    <message>
        <source>Frames cannot be read because of a fault in the program.</source>
        <translation>Wegen eines Fehlers im Programm können keine Bilder gelesen werden.</translation>
    </message>
    <message>
        <source>Français</source>
        <translation>Français</translation>
    </message>
    <message>
        <source>Free some space or make the folder named in the message writable, then accept again.</source>
        <translation>Schaffen Sie Platz, oder machen Sie den in der Meldung genannten Ordner beschreibbar, und nehmen Sie noch einmal an.</translation>
    </message>
    <message>
        <source>Height in the frame from which a face is readable</source>
        <translation>Höhe im Bild, ab der ein Gesicht lesbar ist</translation>
    </message>
    <message>
        <source>How an alert is told. A sound may be heard in the call too, unless you wear headphones</source>
        <translation>Wie ein Hinweis kommt. Ein Ton kann auch im Anruf zu hören sein, wenn Sie keine Kopfhörer tragen</translation>
    </message>
    <message>
        <source>How large the window&apos;s words are</source>
        <translation>Wie groß die Schrift des Fensters ist</translation>
    </message>
    <message>
        <source>How long a session is kept; then it is erased for good, with its CSV file</source>
        <translation>Wie lange eine Sitzung aufbewahrt wird; dann wird sie mit ihrer CSV-Datei endgültig gelöscht</translation>
    </message>
    <message>
        <source>How long there is no other alert</source>
        <translation>Wie lange kein weiterer Hinweis kommt</translation>
    </message>
    <message>
        <source>How many cameras and faces the figures rest on. If only a few of many are read, the figures describe those few.</source>
        <translation>Auf wie vielen Kameras und Gesichtern die Zahlen beruhen. Werden nur wenige von vielen gelesen, beschreiben die Zahlen diese wenigen.</translation>
    </message>
    <message>
        <source>How many frames a second are analyzed at most</source>
        <translation>Wie viele Bilder in der Sekunde höchstens ausgewertet werden</translation>
    </message>
    <message>
        <source>How much it takes for an alert</source>
        <translation>Wie viel es für einen Hinweis braucht</translation>
    </message>
    <message>
        <source>How often it is wrong</source>
        <translation>Wie oft es irrt</translation>
    </message>
    <message>
        <source>How often the network errs was not measured: expect more than one face in three to be misread.</source>
        <translation>Wie oft das Netz irrt, wurde nicht gemessen: Rechnen Sie damit, dass mehr als eines von drei Gesichtern falsch gelesen wird.</translation>
    </message>
    <message>
        <source>How readily</source>
        <translation>Empfindlichkeit</translation>
    </message>
    <message>
        <source>Hz</source>
        <translation>Hz</translation>
    </message>
    <message>
        <source>I have read this, and my answers are true</source>
        <translation>Ich habe das gelesen, und meine Antworten stimmen</translation>
    </message>
    <message>
        <source>If a player can show it, save it as MP4 there or with a converter.</source>
        <translation>Kann ein Player sie zeigen, speichern Sie sie dort oder mit einem Konverter als MP4.</translation>
    </message>
    <message>
        <source>If it happens again, look at what the virus scanner has quarantined.</source>
        <translation>Passiert es wieder, sehen Sie in der Quarantäne des Virenscanners nach.</translation>
    </message>
    <message>
        <source>If not, press “Stop”, and choose the window or draw the part again.</source>
        <translation>Wenn nicht, drücken Sie „Stopp“ und wählen Sie das Fenster oder ziehen Sie den Teil noch einmal.</translation>
    </message>
    <message>
        <source>If nothing helps, press “Stop”: what was read is saved.</source>
        <translation>Hilft nichts, drücken Sie „Stopp“: Was gelesen wurde, ist gespeichert.</translation>
    </message>
    <message>
        <source>If off, a lesson is kept in this program only; you can save it as CSV later.</source>
        <translation>Ohne sie steht eine Stunde nur in diesem Programm; Sie können sie später als CSV speichern.</translation>
    </message>
    <message>
        <source>In the EU and EEA the AI Act forbids reading expressions in teaching and at work, with consent or without.</source>
        <translation>In EU und EWR verbietet der AI Act, in Unterricht und Arbeit Gesichtsausdrücke zu lesen, mit oder ohne Einwilligung.</translation>
    </message>
    <message>
        <source>In the EU and EEA the AI Act, Article 5(1)(f), forbids inferring emotions in education and at work, even with consent. Live classes and recordings of others stay off there.</source>
        <translation>In EU und EWR verbietet der AI Act, Artikel 5(1)(f), auf Gefühle zu schließen, in Bildung und Arbeit, auch mit Einwilligung. Anrufe mit Klassen und Aufnahmen anderer bleiben dort aus.</translation>
    </message>
    <message>
        <source>In the EU or EEA</source>
        <translation>In der EU oder im EWR</translation>
    </message>
    <message>
        <source>In the settings you choose whether it is the line alone, the line with one sound, or nothing.</source>
        <translation>In den Einstellungen wählen Sie, ob es die Zeile allein ist, die Zeile mit einem Ton oder gar nichts.</translation>
    </message>
    <message>
        <source>In the user name and password, write %40 for @, %2F for /, %3F for ?, %23 for # and %3A for a colon.</source>
        <translation>Schreiben Sie in Benutzername und Passwort %40 für @, %2F für /, %3F für ?, %23 für # und %3A für einen Doppelpunkt.</translation>
    </message>
    <message>
        <source>Install a font for it, such as Noto Sans Devanagari for Hindi.</source>
        <translation>Installieren Sie eine Schrift dafür, etwa Noto Sans Devanagari für Hindi.</translation>
    </message>
    <message>
        <source>Install the program again. Your lessons and settings are kept.</source>
        <translation>Installieren Sie das Programm neu. Ihre Stunden und Einstellungen bleiben.</translation>
    </message>
    <message>
        <source>Is it very large, such as a panorama? Make it smaller.</source>
        <translation>Ist es sehr groß, etwa ein Panorama? Machen Sie es kleiner.</translation>
    </message>
    <message>
        <source>Is the lesson over? Press “Stop”; otherwise it ends by itself after five minutes.</source>
        <translation>Ist die Stunde vorbei? Drücken Sie „Stopp“; sonst endet sie nach fünf Minuten von selbst.</translation>
    </message>
    <message>
        <source>Is there no other copy? The figures up to there are in “Saved lessons”.</source>
        <translation>Gibt es keine andere Kopie? Die Zahlen bis dorthin sind in „Gespeicherte Stunden“.</translation>
    </message>
    <message>
        <source>It appears when this window is minimised or covered, or has no room beside the call. You can also choose “Mini strip” in the “View” menu.</source>
        <translation>Sie erscheint, wenn dieses Fenster minimiert oder verdeckt ist oder neben dem Anruf keinen Platz hat. Oder wählen Sie „Kleine Leiste“ im Menü „Ansicht“.</translation>
    </message>
    <message>
        <source>It came from a file, which does not say what was usual.</source>
        <translation>Sie stammt aus einer Datei, die nicht sagt, was üblich war.</translation>
    </message>
    <message>
        <source>It does not distinguish the seven expressions, or expects another kind of picture.</source>
        <translation>Es unterscheidet die sieben Ausdrücke nicht, oder es erwartet andere Bilder.</translation>
    </message>
    <message>
        <source>It has an unknown format, such as HEIC, or is damaged or no longer there.</source>
        <translation>Es hat ein unbekanntes Format wie HEIC, ist beschädigt oder nicht mehr da.</translation>
    </message>
    <message>
        <source>It is a bug in the program, not something you did.</source>
        <translation>Es ist ein Fehler im Programm; Sie haben nichts falsch gemacht.</translation>
    </message>
    <message>
        <source>It is another kind of file, or was changed, for example in a spreadsheet.</source>
        <translation>Es ist eine andere Art von Datei, oder sie wurde geändert, etwa in einer Tabelle.</translation>
    </message>
    <message>
        <source>It is minimised, on another desktop, or moved off the screen.</source>
        <translation>Es ist minimiert, auf einer anderen Arbeitsfläche oder außerhalb des Bildschirms.</translation>
    </message>
    <message>
        <source>It is not certain where the password ends in this address: in a user or password write @ as %40, / as %2F, ? as %3F, # as %23 and : as %3A.</source>
        <translation>In dieser Adresse ist unklar, wo das Passwort endet: schreiben Sie in Name und Passwort @ als %40, / als %2F, ? als %3F, # als %23 und : als %3A.</translation>
    </message>
    <message>
        <source>It is unplugged, or switched off by a key or a lens cover.</source>
        <translation>Sie ist abgezogen oder mit einer Taste oder Blende ausgeschaltet.</translation>
    </message>
    <message>
        <source>It says what is read, that it is often wrong, that only counts are kept, and how to be left out.</source>
        <translation>Er sagt, was gelesen wird, dass es oft falsch ist, dass nur Zahlen bleiben und wie man ausgelassen wird.</translation>
    </message>
    <message>
        <source>It says what most faces show, then the largest difference from usual that is unlikely to be chance.</source>
        <translation>Er sagt, was die meisten Gesichter zeigen, dann den größten Unterschied zum Üblichen, der kaum Zufall ist.</translation>
    </message>
    <message>
        <source>It says whose camera is off, who is not in view and who has left, and never what a face shows. It is of this moment, and nothing of it is kept. You can give aliases there.</source>
        <translation>Sie sagt, wessen Kamera aus ist, wer nicht im Bild ist und wer gegangen ist, nie aber, was ein Gesicht zeigt. Sie gilt für diesen Moment, und nichts davon wird aufbewahrt. Sie können dort Spitznamen vergeben.</translation>
    </message>
    <message>
        <source>It was changed by hand, or its folder cannot be written.</source>
        <translation>Sie wurde von Hand geändert, oder in ihren Ordner kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>It was copied only in part, or its disk reports errors.</source>
        <translation>Sie wurde nur zum Teil kopiert, oder ihr Laufwerk meldet Fehler.</translation>
    </message>
    <message>
        <source>It was moved or deleted, is damaged, is not a video, or you are not allowed to read it.</source>
        <translation>Sie wurde verschoben oder gelöscht, ist beschädigt oder kein Video, oder Sie dürfen sie nicht lesen.</translation>
    </message>
    <message>
        <source>It was saved from a spreadsheet, or moved by a program that tidies up folders.</source>
        <translation>Sie wurde aus einer Tabelle gespeichert, oder ein Aufräumprogramm hat sie verschoben.</translation>
    </message>
    <message>
        <source>It was written by a newer version of this program.</source>
        <translation>Sie wurde von einer neueren Version dieses Programms geschrieben.</translation>
    </message>
    <message>
        <source>Its beginning is missing, or the password contains characters with a special meaning.</source>
        <translation>Der Anfang fehlt, oder das Passwort enthält Zeichen mit besonderer Bedeutung.</translation>
    </message>
    <message>
        <source>Its buttons pause, add a marker, and bring the window back.</source>
        <translation>Ihre Tasten halten an, setzen eine Markierung und holen das Fenster zurück.</translation>
    </message>
    <message>
        <source>Its cable is loose.</source>
        <translation>Ihr Kabel ist locker.</translation>
    </message>
    <message>
        <source>Its description, the .json file beside it, is missing or wrong.</source>
        <translation>Seine Beschreibung, die .json-Datei daneben, fehlt oder ist falsch.</translation>
    </message>
    <message>
        <source>Its disk is full or does not answer, or another program has locked it.</source>
        <translation>Ihr Datenträger ist voll oder antwortet nicht, oder ein anderes Programm hat sie gesperrt.</translation>
    </message>
    <message>
        <source>Its figures were lost when the saved lessons were damaged.</source>
        <translation>Ihre Zahlen gingen verloren, als die gespeicherten Stunden beschädigt wurden.</translation>
    </message>
    <message>
        <source>Its lesson is among yours already.</source>
        <translation>Ihre Stunde ist schon unter Ihren Stunden.</translation>
    </message>
    <message>
        <source>Its window&apos;s title, its file&apos;s path or its address without secrets. Off, none is kept, and the one that was is forgotten.</source>
        <translation>Den Titel ihres Fensters, den Pfad ihrer Datei oder ihre Adresse ohne Geheimnisse. Ohne Haken wird nichts gemerkt, und was gemerkt war, wird vergessen.</translation>
    </message>
    <message>
        <source>Keep teaching: what is waiting is written as soon as there is room, even after “Stop”.</source>
        <translation>Unterrichten Sie weiter: Was wartet, wird geschrieben, sobald Platz ist, auch nach „Stopp“.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Language and appearance</source>
        <translation>Sprache und Aussehen</translation>
    </message>
    <message>
        <source>Last source</source>
        <translation>Letzte Quelle</translation>
    </message>
    <message>
        <source>Learning what is usual.</source>
        <translation>Lernt noch, was üblich ist.</translation>
    </message>
    <message>
        <source>Learning, {minutes} min left</source>
        <translation>Lernt noch {minutes} min</translation>
    </message>
    <message>
        <source>Leaving somebody out</source>
        <translation>Jemanden auslassen</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Weniger Bewegung</translation>
    </message>
    <message>
        <source>Less than {minutes} min of both were seen: too little to compare.</source>
        <translation>Von beiden waren weniger als {minutes} min zu sehen: zu wenig zum Vergleichen.</translation>
    </message>
    <message>
        <source>Lessons are kept</source>
        <translation>Stunden bleiben</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Light or dark window</source>
        <translation>Helles oder dunkles Fenster</translation>
    </message>
    <message>
        <source>Linux with Wayland does not let programs see the screen this way.</source>
        <translation>Linux mit Wayland lässt Programme den Bildschirm so nicht sehen.</translation>
    </message>
    <message>
        <source>Linux: log out, choose a session named X11 or Xorg when you log in, and start again.</source>
        <translation>Linux: Melden Sie sich ab, wählen Sie beim Anmelden eine Sitzung mit X11 oder Xorg im Namen und starten Sie neu.</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Look at “What is read”: does it show the faces?</source>
        <translation>Sehen Sie unter „Gelesen wird“ nach: Sind dort die Gesichter?</translation>
    </message>
    <message>
        <source>Look for its CSV file in the folder “FER Desktop” in your documents.</source>
        <translation>Suchen Sie ihre CSV-Datei im Ordner „FER Desktop“ in Ihren Dokumenten.</translation>
    </message>
    <message>
        <source>Look for the CSV file of a lost lesson; it is often intact.</source>
        <translation>Suchen Sie die CSV-Datei einer verlorenen Stunde; oft ist sie heil.</translation>
    </message>
    <message>
        <source>Lower “Updates a second, at most” in the settings; 2 is enough for a class.</source>
        <translation>Senken Sie „Auswertungen je Sekunde, höchstens“ in den Einstellungen; 2 genügen für eine Klasse.</translation>
    </message>
    <message>
        <source>Mac: open System Settings, Privacy &amp; Security, Screen Recording. Allow this program, and open it again.</source>
        <translation>Mac: Öffnen Sie Systemeinstellungen, Datenschutz &amp; Sicherheit, Bildschirmaufnahme. Erlauben Sie dieses Programm und öffnen Sie es neu.</translation>
    </message>
    <message>
        <source>Made on this computer. No picture was kept.</source>
        <translation>Auf diesem Computer gemacht. Kein Bild wurde behalten.</translation>
    </message>
    <message>
        <source>Make the call’s window larger, so that more faces can be read.</source>
        <translation>Machen Sie das Fenster des Anrufs größer, damit mehr Gesichter gelesen werden können.</translation>
    </message>
    <message>
        <source>Make the call’s window larger: {count} of {faces} faces are too small to read.</source>
        <translation>Machen&#xa0;Sie&#xa0;das&#xa0;Fenster&#xa0;des&#xa0;Anrufs&#xa0;größer:&#xa0;{count}&#xa0;von&#xa0;{faces}&#xa0;Gesichtern&#xa0;sind&#xa0;zum&#xa0;Lesen&#xa0;zu&#xa0;klein.</translation>
    </message>
    <message>
        <source>Make the call’s window larger; full screen is best.</source>
        <translation>Machen Sie das Fenster des Anrufs größer, am besten Vollbild.</translation>
    </message>
    <message>
        <source>Many looked surprised until {time}.</source>
        <translation>Viele wirkten überrascht bis {time}.</translation>
    </message>
    <message>
        <source>Many smiled until {time}.</source>
        <translation>Viele lächelten bis {time}.</translation>
    </message>
    <message>
        <source>Many smiling</source>
        <translation>Viele lächeln</translation>
    </message>
    <message>
        <source>Many surprised</source>
        <translation>Überraschung</translation>
    </message>
    <message>
        <source>Markers are missing in the files or in the store.</source>
        <translation>In den Dateien oder im Speicher fehlen Markierungen.</translation>
    </message>
    <message>
        <source>Markers of the same name: {count}.</source>
        <translation>Gleichnamige Markierungen: {count}.</translation>
    </message>
    <message>
        <source>Meet shows {shown} of {size}; more tiles can be set in Meet’s layout.</source>
        <translation>Meet zeigt {shown} von {size}; im Layout von Meet lassen sich mehr Kacheln einstellen.</translation>
    </message>
    <message>
        <source>Mixed.</source>
        <translation>Gemischt.</translation>
    </message>
    <message>
        <source>Moment</source>
        <translation>Moment</translation>
    </message>
    <message>
        <source>Moments</source>
        <translation>Momente</translation>
    </message>
    <message>
        <source>Moments without room here: {count}. They stand in the report as a web page.</source>
        <translation>Momente ohne Platz hier: {count}. Sie stehen im Bericht als Webseite.</translation>
    </message>
    <message>
        <source>More are not in view</source>
        <translation>Mehr&#xa0;sind&#xa0;nicht&#xa0;im&#xa0;Bild</translation>
    </message>
    <message>
        <source>More are turned away</source>
        <translation>Mehr&#xa0;sind&#xa0;abgewandt</translation>
    </message>
    <message>
        <source>More cameras than usual show no face (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Mehr Kameras als sonst zeigen kein Gesicht (etwa {now} von {of}, sonst {usual}). Kann falsch gelesen sein.</translation>
    </message>
    <message>
        <source>More faces looked sad, afraid or angry than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}.</source>
        <translation>Mehr Gesichter wirkten traurig, ängstlich oder wütend als in der anderen Stunde, {when}: etwa {now} von {faces}, dort {other} von {others}.</translation>
    </message>
    <message>
        <source>More faces looked sad, afraid or angry than is usual in this class, {when}: about {now} of {faces}, usually {other}.</source>
        <translation>Mehr Gesichter wirkten traurig, ängstlich oder wütend als sonst in dieser Klasse, {when}: etwa {now} von {faces}, sonst {other}.</translation>
    </message>
    <message>
        <source>More faces looked surprised than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}.</source>
        <translation>Mehr Gesichter wirkten überrascht als in der anderen Stunde, {when}: etwa {now} von {faces}, dort {other} von {others}.</translation>
    </message>
    <message>
        <source>More faces looked surprised than is usual in this class, {when}: about {now} of {faces}, usually {other}.</source>
        <translation>Mehr Gesichter wirkten überrascht als sonst in dieser Klasse, {when}: etwa {now} von {faces}, sonst {other}.</translation>
    </message>
    <message>
        <source>More faces smiled than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}.</source>
        <translation>Mehr Gesichter lächelten als in der anderen Stunde, {when}: etwa {now} von {faces}, dort {other} von {others}.</translation>
    </message>
    <message>
        <source>More faces smiled than is usual in this class, {when}: about {now} of {faces}, usually {other}.</source>
        <translation>Mehr Gesichter lächelten als sonst in dieser Klasse, {when}: etwa {now} von {faces}, sonst {other}.</translation>
    </message>
    <message>
        <source>More faces than usual are turned away (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Mehr Gesichter als sonst sind abgewandt (etwa {now} von {of}, sonst {usual}). Kann falsch gelesen sein.</translation>
    </message>
    <message>
        <source>More faces than usual look sad, afraid or angry (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Mehr Gesichter als sonst wirken traurig, ängstlich oder wütend (etwa {now} von {of}, sonst {usual}). Kann falsch gelesen sein.</translation>
    </message>
    <message>
        <source>More faces than usual look sad, afraid or angry: about {now}, usually {usual}.</source>
        <translation>Mehr Gesichter als sonst wirken traurig, ängstlich oder wütend: etwa {now}, sonst {usual}.</translation>
    </message>
    <message>
        <source>More faces than usual look surprised (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Mehr Gesichter als sonst wirken überrascht (etwa {now} von {of}, sonst {usual}). Kann falsch gelesen sein.</translation>
    </message>
    <message>
        <source>More faces than usual look surprised: about {now}, usually {usual}.</source>
        <translation>Mehr Gesichter als sonst wirken überrascht: etwa {now}, sonst {usual}.</translation>
    </message>
    <message>
        <source>More faces than usual looked sad, afraid or angry: about {now} of {of}, usually {usual}; for {length}.</source>
        <translation>Mehr Gesichter als sonst sahen traurig, ängstlich oder wütend aus: etwa {now} von {of}, sonst {usual}; {length} lang.</translation>
    </message>
    <message>
        <source>More faces than usual looked surprised: about {now} of {of}, usually {usual}; for {length}.</source>
        <translation>Mehr Gesichter als sonst sahen überrascht aus: etwa {now} von {of}, sonst {usual}; {length} lang.</translation>
    </message>
    <message>
        <source>More faces than usual smile (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Mehr Gesichter als sonst lächeln (etwa {now} von {of}, sonst {usual}). Kann falsch gelesen sein.</translation>
    </message>
    <message>
        <source>More faces than usual smile: about {now}, usually {usual}.</source>
        <translation>Mehr Gesichter als sonst lächeln: etwa {now}, sonst {usual}.</translation>
    </message>
    <message>
        <source>More faces than usual smiled: about {now} of {of}, usually {usual}; for {length}.</source>
        <translation>Mehr Gesichter als sonst lächelten: etwa {now} von {of}, sonst {usual}; {length} lang.</translation>
    </message>
    <message>
        <source>More look low?</source>
        <translation>Mehr bedrückt?</translation>
    </message>
    <message>
        <source>More look sad, afraid or angry</source>
        <translation>Mehr&#xa0;wirken&#xa0;traurig,&#xa0;ängstlich&#xa0;oder&#xa0;wütend</translation>
    </message>
    <message>
        <source>More look surprised</source>
        <translation>Mehr&#xa0;wirken&#xa0;überrascht</translation>
    </message>
    <message>
        <source>More looked sad, afraid or angry until {time}.</source>
        <translation>Mehr wirkten traurig, ängstlich oder wütend bis {time}.</translation>
    </message>
    <message>
        <source>More smile than usual</source>
        <translation>Mehr&#xa0;lächeln&#xa0;als&#xa0;sonst</translation>
    </message>
    <message>
        <source>Most changed at {time}: fewer faces than usual smiled.</source>
        <translation>Am meisten änderte sich bei {time}: weniger Gesichter als sonst lächelten.</translation>
    </message>
    <message>
        <source>Most changed at {time}: more faces than usual looked sad, afraid or angry.</source>
        <translation>Am meisten änderte sich bei {time}: mehr Gesichter als sonst wirkten traurig, ängstlich oder wütend.</translation>
    </message>
    <message>
        <source>Most changed at {time}: more faces than usual looked surprised.</source>
        <translation>Am meisten änderte sich bei {time}: mehr Gesichter als sonst wirkten überrascht.</translation>
    </message>
    <message>
        <source>Most changed at {time}: more faces than usual smiled.</source>
        <translation>Am meisten änderte sich bei {time}: mehr Gesichter als sonst lächelten.</translation>
    </message>
    <message>
        <source>Most look sad, afraid or angry.</source>
        <translation>Die meisten wirken traurig, ängstlich oder wütend.</translation>
    </message>
    <message>
        <source>Most look surprised.</source>
        <translation>Die meisten wirken überrascht.</translation>
    </message>
    <message>
        <source>Mostly neutral.</source>
        <translation>Meist neutral.</translation>
    </message>
    <message>
        <source>Mostly smiling.</source>
        <translation>Die meisten lächeln.</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Move it aside. The main window can give way to the mini strip ({key}).</source>
        <translation>Schieben Sie es zur Seite. Das Hauptfenster kann der kleinen Leiste weichen ({key}).</translation>
    </message>
    <message>
        <source>Move one of the two windows aside: the session goes on by itself.</source>
        <translation>Schieben Sie eines der beiden Fenster beiseite: Die Sitzung geht von selbst weiter.</translation>
    </message>
    <message>
        <source>Nearly all smile.</source>
        <translation>Fast alle lächeln.</translation>
    </message>
    <message>
        <source>Nearly all smiled until {time}.</source>
        <translation>Fast alle lächelten bis {time}.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Network files</source>
        <translation>Dateien der Netze</translation>
    </message>
    <message>
        <source>Network taught by</source>
        <translation>Netz lernte von</translation>
    </message>
    <message>
        <source>Never use it to grade, rank, judge or discipline anybody.</source>
        <translation>Benoten, vergleichen, beurteilen oder bestrafen Sie damit niemanden.</translation>
    </message>
    <message>
        <source>No camera was found: connect one, then start again.</source>
        <translation>Keine Kamera gefunden: schließen Sie eine an und starten Sie neu.</translation>
    </message>
    <message>
        <source>No face is read</source>
        <translation>Kein Gesicht</translation>
    </message>
    <message>
        <source>No face is read.</source>
        <translation>Kein Gesicht wird gelesen.</translation>
    </message>
    <message>
        <source>No face was read in one of them: nothing is compared.</source>
        <translation>In einer davon wurde kein Gesicht gelesen: Es wird nichts verglichen.</translation>
    </message>
    <message>
        <source>No figures of lesson {id} are stored: there is nothing to write.</source>
        <translation>Von Stunde {id} sind keine Zahlen gespeichert: Es gibt nichts zu schreiben.</translation>
    </message>
    <message>
        <source>No figures of this lesson are left with the others: its CSV file is {file}</source>
        <translation>Bei den anderen sind keine Zahlen dieser Stunde mehr: ihre CSV-Datei ist {file}</translation>
    </message>
    <message>
        <source>No figures of this lesson are left: there is nothing to save.</source>
        <translation>Von dieser Stunde sind keine Zahlen mehr da: es gibt nichts zu speichern.</translation>
    </message>
    <message>
        <source>No font on this computer has the letters of the chosen language, so the window is in English.</source>
        <translation>Keine Schrift auf diesem Computer hat die Buchstaben der gewählten Sprache; darum ist das Fenster auf Englisch.</translation>
    </message>
    <message>
        <source>No gallery or face is found</source>
        <translation>Keine Galerie und kein Gesicht gefunden</translation>
    </message>
    <message>
        <source>No lesson is stored: there is nothing to ask.</source>
        <translation>Keine Stunde ist gespeichert: Es gibt nichts zu fragen.</translation>
    </message>
    <message>
        <source>No lesson is stored: there is nothing to back up.</source>
        <translation>Keine Stunde ist gespeichert: Es gibt nichts zu sichern.</translation>
    </message>
    <message>
        <source>No longer smiling</source>
        <translation>Lächeln nicht mehr</translation>
    </message>
    <message>
        <source>No markers have the same name: they can be laid over one another by time alone.</source>
        <translation>Keine Markierungen heißen gleich: Die Stunden lassen sich nur nach der Zeit übereinanderlegen.</translation>
    </message>
    <message>
        <source>No monitor was found; connect one and try again.</source>
        <translation>Kein Bildschirm gefunden; schließen Sie einen an und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>No new pictures arrive. The program tries again by itself; until then nothing is read.</source>
        <translation>Es kommen keine neuen Bilder. Das Programm versucht es von selbst wieder; bis dahin wird nichts gelesen.</translation>
    </message>
    <message>
        <source>No picture in {folder} has a line in {boxes_file}: add one with the box of its face.</source>
        <translation>Kein Bild in {folder} hat eine Zeile in {boxes_file}: fügen Sie eine hinzu, mit dem Rahmen seines Gesichts.</translation>
    </message>
    <message>
        <source>No pictures come from the stream</source>
        <translation>Vom Stream kommen keine Bilder</translation>
    </message>
    <message>
        <source>No pictures come from {name}: check the address and the network, then start again.</source>
        <translation>Von {name} kommen keine Bilder: prüfen Sie Adresse und Netzwerk, dann starten Sie neu.</translation>
    </message>
    <message>
        <source>Nobody has said yet where the class is and what the calls are for: open the window, and answer both there.</source>
        <translation>Noch hat niemand gesagt, wo die Klasse ist und wozu die Anrufe dienen: öffnen Sie das Fenster, und beantworten Sie dort beides.</translation>
    </message>
    <message>
        <source>None was named, and nothing changed that chance would not explain.</source>
        <translation>Keiner wurde benannt, und nichts änderte sich, was der Zufall nicht erklären würde.</translation>
    </message>
    <message>
        <source>Normally</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Not enough faces</source>
        <translation>Zu wenige</translation>
    </message>
    <message>
        <source>Not enough faces.</source>
        <translation>Zu wenige Gesichter.</translation>
    </message>
    <message>
        <source>Not for grading, appraisal or discipline.</source>
        <translation>Nicht für Noten, Beurteilungen oder Disziplinarisches.</translation>
    </message>
    <message>
        <source>Not in view</source>
        <translation>Nicht im Bild</translation>
    </message>
    <message>
        <source>Nothing can be written in the folder {folder}: choose another.</source>
        <translation>Im Ordner {folder} kann nichts geschrieben werden: Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>Nothing of the file was taken, and your lessons are as they were.</source>
        <translation>Von der Datei wurde nichts übernommen, und Ihre Stunden sind, wie sie waren.</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation>Noch nichts gelesen</translation>
    </message>
    <message>
        <source>Nothing read yet.</source>
        <translation>Noch nichts gelesen.</translation>
    </message>
    <message>
        <source>Nothing that chance would not explain.</source>
        <translation>Nichts, was der Zufall nicht erklären würde.</translation>
    </message>
    <message>
        <source>Nothing: alerts are off</source>
        <translation>Gar nicht: Hinweise sind aus</translation>
    </message>
    <message>
        <source>Of 100 faces on clear photographs about {wrong} are misread, of 100 that look sad, afraid or angry about {low}; in a call more are, and a face misread tends to stay misread.</source>
        <translation>Von 100 Gesichtern auf klaren Fotos werden etwa {wrong} falsch gelesen, von 100, die traurig, ängstlich oder wütend aussehen, etwa {low}; in einem Anruf sind es mehr, und ein falsch gelesenes Gesicht bleibt es meist.</translation>
    </message>
    <message>
        <source>Of fewer than 10 faces only what most of them show is told.</source>
        <translation>Von weniger als 10 Gesichtern wird nur gesagt, was die meisten zeigen.</translation>
    </message>
    <message>
        <source>Of fewer than {least} faces only what most of them show is told. This lesson: {this}</source>
        <translation>Von weniger als {least} Gesichtern wird nur gesagt, was die meisten zeigen. Diese Stunde: {this}</translation>
    </message>
    <message>
        <source>Of fewer than {least} faces only what most of them show is told. This lesson: {this} The other lesson: {other}</source>
        <translation>Von weniger als {least} Gesichtern wird nur gesagt, was die meisten zeigen. Diese Stunde: {this} Die andere Stunde: {other}</translation>
    </message>
    <message>
        <source>On this computer only: counts of the class, second by second, and the text of your markers. No pictures.</source>
        <translation>Nur auf diesem Computer: Zahlen der Klasse, Sekunde für Sekunde, und der Text Ihrer Markierungen. Keine Bilder.</translation>
    </message>
    <message>
        <source>On what this rests</source>
        <translation>Worauf das beruht</translation>
    </message>
    <message>
        <source>One per camera, sorted by what it shows and never by seat: smiling on the left; sad, afraid or angry on the right.</source>
        <translation>Eines je Kamera, sortiert nach dem, was sie zeigt, nie nach dem Platz: links lächelnd, rechts traurig, ängstlich oder wütend.</translation>
    </message>
    <message>
        <source>One screen? Make the call smaller and place it beside the slides.</source>
        <translation>Ein Bildschirm? Machen Sie den Anruf kleiner und stellen Sie ihn neben die Folien.</translation>
    </message>
    <message>
        <source>Only one window of the program records at a time, and a lesson that is being recorded cannot be erased.</source>
        <translation>Nur ein Fenster des Programms zeichnet auf, und eine laufende Stunde kann nicht gelöscht werden.</translation>
    </message>
    <message>
        <source>Only what is visible on the screen is read. Who is under another window keeps their place and is not read. While it covers most of the call, the session waits.</source>
        <translation>Gelesen wird nur, was auf dem Bildschirm zu sehen ist. Wer unter einem anderen Fenster liegt, behält seinen Platz und wird nicht gelesen. Solange es den größten Teil des Anrufs verdeckt, wartet die Sitzung.</translation>
    </message>
    <message>
        <source>Open a lesson’s file only after pressing “Stop”.</source>
        <translation>Öffnen Sie die Datei einer Stunde erst nach „Stopp“.</translation>
    </message>
    <message>
        <source>Open it in a picture viewer, and save it as JPEG or PNG.</source>
        <translation>Öffnen Sie es in einem Bildbetrachter und speichern Sie es als JPEG oder PNG.</translation>
    </message>
    <message>
        <source>Open the call again: the program keeps looking for it.</source>
        <translation>Öffnen Sie den Anruf wieder: Das Programm sucht ihn weiter.</translation>
    </message>
    <message>
        <source>Open “What is read” if it is hidden.</source>
        <translation>Öffnen Sie „Gelesen wird“, falls es ausgeblendet ist.</translation>
    </message>
    <message>
        <source>Or choose another folder in the settings, under “CSV files are saved in”.</source>
        <translation>Oder wählen Sie in den Einstellungen unter „CSV-Dateien kommen in“ einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Or choose the call’s window instead: it is followed wherever it moves.</source>
        <translation>Oder wählen Sie stattdessen das Fenster des Anrufs: Ihm wird überallhin gefolgt.</translation>
    </message>
    <message>
        <source>Or delete the file and start again with the default settings. Your lessons are kept.</source>
        <translation>Oder löschen Sie die Datei und starten Sie mit den Standardwerten neu. Ihre Stunden bleiben.</translation>
    </message>
    <message>
        <source>Or download YuNet’s .onnx file again and choose it in the settings.</source>
        <translation>Oder laden Sie YuNets .onnx-Datei noch einmal herunter, und wählen Sie sie in den Einstellungen.</translation>
    </message>
    <message>
        <source>Or press “Stop”, and draw the part again for a new lesson.</source>
        <translation>Oder drücken Sie „Stopp“, und ziehen Sie den Teil für eine neue Stunde noch einmal.</translation>
    </message>
    <message>
        <source>Or press “Stop”, and start a new lesson with the call’s window.</source>
        <translation>Oder drücken Sie „Stopp“, und beginnen Sie mit dem Fenster des Anrufs eine neue Stunde.</translation>
    </message>
    <message>
        <source>Over the whole lesson mixed.</source>
        <translation>Über die ganze Stunde gemischt.</translation>
    </message>
    <message>
        <source>Over the whole lesson mostly neutral.</source>
        <translation>Über die ganze Stunde meist neutral.</translation>
    </message>
    <message>
        <source>Over the whole lesson mostly smiling.</source>
        <translation>Über die ganze Stunde lächelten die meisten.</translation>
    </message>
    <message>
        <source>Over the whole lesson nearly all smiled.</source>
        <translation>Über die ganze Stunde lächelten fast alle.</translation>
    </message>
    <message>
        <source>Parquet needs pyarrow, which is not installed: `pip install pyarrow` beside this program, or choose CSV.</source>
        <translation>Parquet braucht pyarrow, das nicht installiert ist: `pip install pyarrow` neben diesem Programm, oder wählen Sie CSV.</translation>
    </message>
    <message>
        <source>Paste the text under “What others were told” into the chat, say it aloud too, and accept a no.</source>
        <translation>Fügen Sie den Text unter „Was den anderen gesagt wurde“ in den Chat ein, sagen Sie es auch laut und nehmen Sie ein Nein an.</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>Pause.</translation>
    </message>
    <message>
        <source>People you left out may be counted again: leave them out once more.</source>
        <translation>Wen Sie ausgelassen haben, zählt vielleicht wieder mit: Lassen Sie sie noch einmal aus.</translation>
    </message>
    <message>
        <source>Picture lost</source>
        <translation>Bild verloren</translation>
    </message>
    <message>
        <source>Play it in a video player. If that fails too, get another copy.</source>
        <translation>Spielen Sie sie in einem Videoplayer ab. Geht auch das nicht, besorgen Sie eine andere Kopie.</translation>
    </message>
    <message>
        <source>Please choose</source>
        <translation>Bitte wählen</translation>
    </message>
    <message>
        <source>Please report it with the log file named in the message. It contains no pictures.</source>
        <translation>Bitte melden Sie ihn mit der Protokolldatei, die die Meldung nennt. Sie enthält keine Bilder.</translation>
    </message>
    <message>
        <source>Plug in the charger, and set the computer to stay awake while plugged in.</source>
        <translation>Schließen Sie das Ladegerät an, und stellen Sie ein, dass der Computer am Netz wach bleibt.</translation>
    </message>
    <message>
        <source>Plug in the charger.</source>
        <translation>Schließen Sie das Ladegerät an.</translation>
    </message>
    <message>
        <source>Plug it in, wait a few seconds, choose “Cameras and all others” under “More”, and press the camera’s card.</source>
        <translation>Schließen Sie sie an, warten Sie einige Sekunden, wählen Sie „Kameras und alle anderen“ unter „Mehr“ und drücken Sie auf die Karte der Kamera.</translation>
    </message>
    <message>
        <source>Plug the monitor in again: the session goes on.</source>
        <translation>Schließen Sie den Monitor wieder an: Die Sitzung geht weiter.</translation>
    </message>
    <message>
        <source>Press “Stop” in the other window or close it. This window then records from its next session.</source>
        <translation>Drücken Sie im anderen Fenster „Stopp“, oder schließen Sie es. Dieses zeichnet dann ab seiner nächsten Sitzung auf.</translation>
    </message>
    <message>
        <source>Press “This is me…” and click your own tile, so that you are not counted. Leave out anybody who says no.</source>
        <translation>Drücken Sie „Das bin ich…“ und klicken Sie Ihre eigene Kachel an, damit Sie nicht mitgezählt werden. Lassen Sie aus, wer Nein sagt.</translation>
    </message>
    <message>
        <source>Press “What helps” in a message, or F1 while it is shown, and its page opens.</source>
        <translation>Drücken Sie „Was hilft“ in einer Meldung, oder F1, solange sie zu sehen ist: Ihre Seite öffnet sich.</translation>
    </message>
    <message>
        <source>Processor cores used</source>
        <translation>Genutzte Prozessorkerne</translation>
    </message>
    <message>
        <source>Processor share, at most</source>
        <translation>Prozessoranteil, höchstens</translation>
    </message>
    <message>
        <source>Processor threads of the network</source>
        <translation>Prozessor-Threads des Netzes</translation>
    </message>
    <message>
        <source>Quiet after an alert</source>
        <translation>Ruhe nach einem Hinweis</translation>
    </message>
    <message>
        <source>Readily</source>
        <translation>Leicht</translation>
    </message>
    <message>
        <source>Reading the faces</source>
        <translation>Liest die Gesichter</translation>
    </message>
    <message>
        <source>Reading the faces.</source>
        <translation>Die Gesichter werden gelesen.</translation>
    </message>
    <message>
        <source>Reconnect the disk or network; what is waiting in memory is then written.</source>
        <translation>Verbinden Sie Datenträger oder Netzwerk wieder; was im Speicher wartet, wird dann geschrieben.</translation>
    </message>
    <message>
        <source>Recording and lessons</source>
        <translation>Aufzeichnung und Stunden</translation>
    </message>
    <message>
        <source>Remember the last source</source>
        <translation>Die letzte Quelle merken</translation>
    </message>
    <message>
        <source>Remove the write protection, or allow the program in the virus scanner.</source>
        <translation>Heben Sie den Schreibschutz auf, oder erlauben Sie das Programm im Virenscanner.</translation>
    </message>
    <message>
        <source>Responsible use</source>
        <translation>Verantwortungsvolle Nutzung</translation>
    </message>
    <message>
        <source>Sad, afraid or angry</source>
        <translation>Traurig, ängstlich oder wütend</translation>
    </message>
    <message>
        <source>Save a copy of the list under a different name.</source>
        <translation>Speichern Sie eine Kopie der Liste unter einem anderen Namen.</translation>
    </message>
    <message>
        <source>Saved lessons are damaged</source>
        <translation>Gespeicherte Stunden sind beschädigt</translation>
    </message>
    <message>
        <source>Saved lessons cannot be used</source>
        <translation>Gespeicherte Stunden lassen sich nicht benutzen</translation>
    </message>
    <message>
        <source>Seat view</source>
        <translation>Platzansicht</translation>
    </message>
    <message>
        <source>See whether the call itself is still moving.</source>
        <translation>Sehen Sie nach, ob sich der Anruf selbst noch bewegt.</translation>
    </message>
    <message>
        <source>Seldom</source>
        <translation>Selten</translation>
    </message>
    <message>
        <source>Session {id} has no marker {number}.</source>
        <translation>Sitzung {id} hat keine Markierung {number}.</translation>
    </message>
    <message>
        <source>Session {id} is being recorded: end it first.</source>
        <translation>Sitzung {id} wird gerade aufgezeichnet: beenden Sie sie zuerst.</translation>
    </message>
    <message>
        <source>Share of all processor cores that the program may take</source>
        <translation>Anteil aller Prozessorkerne, den das Programm nehmen darf</translation>
    </message>
    <message>
        <source>Share of the faces read that smile (up), and that look sad, afraid or angry (down); neutral is the space between. Full colour: more than usual, the dotted line. Grey: not seen.</source>
        <translation>Anteil der gelesenen Gesichter, die lächeln (nach oben) und die traurig, ängstlich oder wütend aussehen (nach unten); neutral ist der Raum dazwischen. Volle Farbe: mehr als üblich, der gepunkteten Linie. Grau: nicht gesehen.</translation>
    </message>
    <message>
        <source>Show a row for each participant</source>
        <translation>Eine Zeile je Teilnehmer zeigen</translation>
    </message>
    <message>
        <source>Show fewer people per page, so that each face is larger.</source>
        <translation>Zeigen Sie weniger Leute je Seite, damit jedes Gesicht größer wird.</translation>
    </message>
    <message>
        <source>Simulated recordings need the encoders of PyAV: run `make setup EXTRAS=dev`, or `pip install av`.</source>
        <translation>Simulierte Aufnahmen brauchen die Encoder von PyAV: rufen Sie `make setup EXTRAS=dev` oder `pip install av` auf.</translation>
    </message>
    <message>
        <source>Since {time}. It changes nothing of what is usual.</source>
        <translation>Seit {time}. Am Üblichen ändert sie nichts.</translation>
    </message>
    <message>
        <source>Since “{marker}” fewer faces smile: about {now}, before {usual}.</source>
        <translation>Seit „{marker}“ lächeln weniger Gesichter: etwa {now}, vorher {usual}.</translation>
    </message>
    <message>
        <source>Since “{marker}” more faces look sad, afraid or angry: about {now}, before {usual}.</source>
        <translation>Seit „{marker}“ wirken mehr Gesichter traurig, ängstlich oder wütend: etwa {now}, vorher {usual}.</translation>
    </message>
    <message>
        <source>Since “{marker}” more faces look surprised: about {now}, before {usual}.</source>
        <translation>Seit „{marker}“ wirken mehr Gesichter überrascht: etwa {now}, vorher {usual}.</translation>
    </message>
    <message>
        <source>Since “{marker}” more faces smile: about {now}, before {usual}.</source>
        <translation>Seit „{marker}“ lächeln mehr Gesichter: etwa {now}, vorher {usual}.</translation>
    </message>
    <message>
        <source>Since “{marker}”: about as before.</source>
        <translation>Seit „{marker}“: etwa wie vorher.</translation>
    </message>
    <message>
        <source>Slides, a chat or a document cover the call.</source>
        <translation>Folien, ein Chat oder ein Dokument verdecken den Anruf.</translation>
    </message>
    <message>
        <source>Slower than usual</source>
        <translation>Langsamer als sonst</translation>
    </message>
    <message>
        <source>Slower than usual: the computer is busy.</source>
        <translation>Langsamer als sonst: der Computer ist ausgelastet.</translation>
    </message>
    <message>
        <source>Smallest face that is read</source>
        <translation>Kleinstes Gesicht, das gelesen wird</translation>
    </message>
    <message>
        <source>Smiling</source>
        <translation>Lächelnd</translation>
    </message>
    <message>
        <source>Smoothed over</source>
        <translation>Geglättet über</translation>
    </message>
    <message>
        <source>Some faces look sad at rest. From five faces on, half of what is usual for each is left out after its first minute. It is kept in memory only.</source>
        <translation>Manche Gesichter wirken in Ruhe traurig. Ab fünf Gesichtern wird die Hälfte dessen, was bei jedem üblich ist, nach seiner ersten Minute weggelassen. Das bleibt nur im Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>Somebody sits in the dark or in front of a window.</source>
        <translation>Jemand sitzt im Dunkeln oder vor einem Fenster.</translation>
    </message>
    <message>
        <source>Something covers the call</source>
        <translation>Etwas verdeckt den Anruf</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Etwas anderes</translation>
    </message>
    <message>
        <source>Something happened that the program was not made for. The session goes on, or the affected part starts again.</source>
        <translation>Es geschah etwas, womit das Programm nicht umgehen kann. Die Sitzung geht weiter, oder der betroffene Teil startet neu.</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Squares and bars jump to their place instead of gliding there</source>
        <translation>Quadrate und Balken springen an ihren Platz, statt zu gleiten</translation>
    </message>
    <message>
        <source>Squares and bars jump to their place instead of gliding there. Where the system asks for less motion it is so in any case.</source>
        <translation>Quadrate und Balken springen an ihren Platz, statt zu gleiten. Wo das System weniger Bewegung verlangt, ist es ohnehin so.</translation>
    </message>
    <message>
        <source>Start the program again.</source>
        <translation>Starten Sie das Programm neu.</translation>
    </message>
    <message>
        <source>Start the program again: it repairs the file and says what was rescued.</source>
        <translation>Starten Sie das Programm neu: Es repariert die Datei und sagt, was gerettet wurde.</translation>
    </message>
    <message>
        <source>Suggest a lamp in front of the face instead of behind it.</source>
        <translation>Schlagen Sie eine Lampe vor dem Gesicht statt dahinter vor.</translation>
    </message>
    <message>
        <source>Sure of a face from</source>
        <translation>Sicher bei einem Gesicht ab</translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation>Überrascht</translation>
    </message>
    <message>
        <source>Switch the call to gallery view and press “Start a lesson”: the call’s window is found by itself. Or press “Draw a region”, and draw a rectangle around the faces.</source>
        <translation>Schalten Sie den Anruf auf die Galerie und drücken Sie „Stunde beginnen“: Das Fenster des Anrufs wird von selbst gefunden. Oder drücken Sie „Bereich ziehen“ und ziehen Sie ein Rechteck um die Gesichter.</translation>
    </message>
    <message>
        <source>Switch the call to its gallery view.</source>
        <translation>Schalten Sie den Anruf auf die Galerie.</translation>
    </message>
    <message>
        <source>Switch the camera off in the call, or close the other program, and start again.</source>
        <translation>Schalten Sie die Kamera im Anruf aus oder schließen Sie das andere Programm, und starten Sie neu.</translation>
    </message>
    <message>
        <source>Teach. A glance at the sentence is enough; press M to mark a moment. “Stop” saves the lesson, and “Save or erase…” at home exports it as CSV for a spreadsheet.</source>
        <translation>Unterrichten Sie. Ein Blick auf den Satz genügt; M markiert einen Moment. „Stopp“ speichert die Stunde, und „Speichern oder löschen…“ auf der Startseite gibt sie als CSV für eine Tabelle aus.</translation>
    </message>
    <message>
        <source>Teaching</source>
        <translation>Unterricht</translation>
    </message>
    <message>
        <source>Teams shows {shown} of {size}; a larger gallery can be chosen in Teams’ view.</source>
        <translation>Teams zeigt {shown} von {size}; in der Ansicht von Teams lässt sich eine größere Galerie wählen.</translation>
    </message>
    <message>
        <source>Tell the class before you begin: “Copy the text” gives you words for the chat.</source>
        <translation>Sagen Sie es der Klasse vorher: „Text kopieren“ gibt Ihnen Worte für den Chat.</translation>
    </message>
    <message>
        <source>Tell them</source>
        <translation>Sagen Sie es ihnen</translation>
    </message>
    <message>
        <source>Ten people&apos;s votes</source>
        <translation>Dem Urteil von zehn Menschen</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>The aliases in {file} cannot be changed: check that its folder can be written.</source>
        <translation>Die Spitznamen in {file} lassen sich nicht ändern: prüfen Sie, ob der Ordner beschreibbar ist.</translation>
    </message>
    <message>
        <source>The audited session did not end in its time: see the log file.</source>
        <translation>Die geprüfte Sitzung endete nicht in ihrer Zeit: siehe die Protokolldatei.</translation>
    </message>
    <message>
        <source>The audited session did not end in {seconds:.0f} s.</source>
        <translation>Die geprüfte Sitzung endete nicht in {seconds:.0f} s.</translation>
    </message>
    <message>
        <source>The audited session failed: {problem}</source>
        <translation>Die geprüfte Sitzung misslang: {problem}</translation>
    </message>
    <message>
        <source>The built-in one</source>
        <translation>Die eingebaute Datei</translation>
    </message>
    <message>
        <source>The call and the screen</source>
        <translation>Anruf und Bildschirm</translation>
    </message>
    <message>
        <source>The call has ended, or its window was closed.</source>
        <translation>Der Anruf ist zu Ende, oder sein Fenster wurde geschlossen.</translation>
    </message>
    <message>
        <source>The call has moved to another window, as some do in full screen or while sharing.</source>
        <translation>Der Anruf ist in ein anderes Fenster gewechselt, wie manche im Vollbild oder beim Teilen.</translation>
    </message>
    <message>
        <source>The call shows slides or one speaker instead of the gallery.</source>
        <translation>Der Anruf zeigt Folien oder einen einzelnen Sprecher statt der Galerie.</translation>
    </message>
    <message>
        <source>The call shows {shown} of {size}: no call shows more on one page.</source>
        <translation>Der Anruf zeigt {shown} von {size}: Mehr zeigt kein Anruf auf einer Seite.</translation>
    </message>
    <message>
        <source>The call shows {shown} of {size}; a larger gallery would show more.</source>
        <translation>Der Anruf zeigt {shown} von {size}; eine größere Galerie würde mehr zeigen.</translation>
    </message>
    <message>
        <source>The call, a video, an update or another program is using the processor.</source>
        <translation>Der Anruf, ein Video, ein Update oder ein anderes Programm braucht den Prozessor.</translation>
    </message>
    <message>
        <source>The call, the camera or the network has stopped.</source>
        <translation>Der Anruf, die Kamera oder das Netzwerk steht still.</translation>
    </message>
    <message>
        <source>The call’s window is not shown</source>
        <translation>Das Fenster des Anrufs ist nicht zu sehen</translation>
    </message>
    <message>
        <source>The call’s window is small, or shows many people at once.</source>
        <translation>Das Fenster des Anrufs ist klein oder zeigt viele Leute auf einmal.</translation>
    </message>
    <message>
        <source>The call’s window was closed</source>
        <translation>Das Fenster des Anrufs wurde geschlossen</translation>
    </message>
    <message>
        <source>The camera is not found</source>
        <translation>Die Kamera wird nicht gefunden</translation>
    </message>
    <message>
        <source>The camera is there, but no picture comes from it.</source>
        <translation>Die Kamera ist da, aber von ihr kommt kein Bild.</translation>
    </message>
    <message>
        <source>The camera sends no pictures</source>
        <translation>Die Kamera schickt keine Bilder</translation>
    </message>
    <message>
        <source>The chosen part of the screen is gone</source>
        <translation>Der gewählte Teil des Bildschirms ist weg</translation>
    </message>
    <message>
        <source>The chosen part of the screen is on no monitor: choose it again.</source>
        <translation>Der gewählte Teil liegt auf keinem Bildschirm: wählen Sie ihn noch einmal.</translation>
    </message>
    <message>
        <source>The computer finds no camera, or not the one you chose.</source>
        <translation>Der Computer findet keine Kamera oder nicht die gewählte.</translation>
    </message>
    <message>
        <source>The computer is busy, so faces are read less often. The call comes first, and the figures may have gaps.</source>
        <translation>Der Computer ist beschäftigt, darum werden Gesichter seltener gelesen. Der Anruf geht vor, und die Zahlen können Lücken haben.</translation>
    </message>
    <message>
        <source>The computer is too busy to deliver pictures.</source>
        <translation>Der Computer ist zu beschäftigt, um Bilder zu liefern.</translation>
    </message>
    <message>
        <source>The computer was asleep</source>
        <translation>Der Computer hat geschlafen</translation>
    </message>
    <message>
        <source>The computer was asleep.</source>
        <translation>Der Computer schlief.</translation>
    </message>
    <message>
        <source>The connection is slow, so that pictures are blurred or stand still.</source>
        <translation>Die Verbindung ist langsam, sodass Bilder unscharf sind oder stehen bleiben.</translation>
    </message>
    <message>
        <source>The copy cannot be saved as {path}: check that its folder can be written.</source>
        <translation>Die Kopie kann nicht als {path} gespeichert werden: prüfen Sie, ob in den Ordner geschrieben werden kann.</translation>
    </message>
    <message>
        <source>The copy would replace the log itself: choose another name.</source>
        <translation>Die Kopie würde das Protokoll selbst ersetzen: wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>The course of the lesson</source>
        <translation>Der Verlauf der Stunde</translation>
    </message>
    <message>
        <source>The demo class in {folder} is missing or damaged: install the program again.</source>
        <translation>Die Demoklasse in {folder} fehlt oder ist beschädigt: installieren Sie das Programm neu.</translation>
    </message>
    <message>
        <source>The demo did not end in its time: see the log file, then run it again.</source>
        <translation>Die Demo endete nicht in ihrer Zeit: siehe die Protokolldatei, dann starten Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>The demo was closed before its first frame: run it again.</source>
        <translation>Die Demo wurde vor ihrem ersten Bild geschlossen: starten Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>The disk did not answer: the end of the session may be missing.</source>
        <translation>Die Festplatte antwortete nicht: das Ende der Sitzung fehlt vielleicht.</translation>
    </message>
    <message>
        <source>The disk does not answer</source>
        <translation>Der Datenträger antwortet nicht</translation>
    </message>
    <message>
        <source>The disk does not answer: what is not saved waits in memory until it does.</source>
        <translation>Die Festplatte antwortet nicht: was nicht gespeichert ist, wartet so lange im Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>The disk has no room left, or your share of it is used up.</source>
        <translation>Der Datenträger hat keinen Platz mehr, oder Ihr Anteil daran ist aufgebraucht.</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>Der Datenträger ist voll</translation>
    </message>
    <message>
        <source>The disk is full, or the folder is write-protected.</source>
        <translation>Der Datenträger ist voll, oder der Ordner ist schreibgeschützt.</translation>
    </message>
    <message>
        <source>The disk may be failing.</source>
        <translation>Der Datenträger geht vielleicht kaputt.</translation>
    </message>
    <message>
        <source>The disk or network drive where files are saved is gone or reports an error.</source>
        <translation>Der Datenträger oder das Netzlaufwerk, auf dem Dateien gespeichert werden, ist weg oder meldet einen Fehler.</translation>
    </message>
    <message>
        <source>The face detector file chosen in the settings does not fit.</source>
        <translation>Die in den Einstellungen gewählte Datei für die Gesichtssuche passt nicht.</translation>
    </message>
    <message>
        <source>The face detector gave {count} faces for one picture, which is noise: choose another in the settings, or leave it empty there.</source>
        <translation>Die Gesichtssuche fand {count} Gesichter in einem Bild, das ist Rauschen: wählen Sie in den Einstellungen eine andere, oder lassen Sie das Feld leer.</translation>
    </message>
    <message>
        <source>The face detector gives no rows of YuNet: choose another in the settings.</source>
        <translation>Die Gesichtssuche gibt keine Zeilen wie YuNet: wählen Sie in den Einstellungen eine andere.</translation>
    </message>
    <message>
        <source>The face detector {file} is not the one that was shipped: install the program again.</source>
        <translation>Die Gesichtssuche {file} ist nicht die mitgelieferte: installieren Sie das Programm neu.</translation>
    </message>
    <message>
        <source>The face detector {file} is not there: choose another in the settings, or leave it empty there.</source>
        <translation>Die Gesichtssuche {file} ist nicht da: wählen Sie in den Einstellungen eine andere, oder lassen Sie das Feld leer.</translation>
    </message>
    <message>
        <source>The face detector {file} is too large: choose another in the settings.</source>
        <translation>Die Gesichtssuche {file} ist zu groß: wählen Sie in den Einstellungen eine andere.</translation>
    </message>
    <message>
        <source>The face detector&apos;s answers are no faces, so nothing was read from them: choose another in the settings, or leave it empty there.</source>
        <translation>Was die Gesichtssuche fand, sind keine Gesichter, deshalb wurde nichts gelesen: wählen Sie in den Einstellungen eine andere, oder lassen Sie das Feld leer.</translation>
    </message>
    <message>
        <source>The figures of 1 lesson could not be recovered</source>
        <translation>Die Zahlen von 1 Stunde ließen sich nicht retten</translation>
    </message>
    <message>
        <source>The figures of {empty} lessons could not be recovered</source>
        <translation>Die Zahlen von {empty} Stunden ließen sich nicht retten</translation>
    </message>
    <message>
        <source>The file is incomplete. Everything up to the break was read and saved.</source>
        <translation>Die Datei ist unvollständig. Alles bis zum Abbruch wurde gelesen und gespeichert.</translation>
    </message>
    <message>
        <source>The file of the session was changed by another program: all of it is written again, to {path}.</source>
        <translation>Die Datei der Sitzung wurde von einem anderen Programm geändert: alles wird noch einmal geschrieben, nach {path}.</translation>
    </message>
    <message>
        <source>The file of the session was lost by the network drive: all of it is written again, to {path}.</source>
        <translation>Die Datei der Sitzung ging auf dem Netzlaufwerk verloren: alles wird noch einmal geschrieben, nach {path}.</translation>
    </message>
    <message>
        <source>The file of the session was moved: all of it is written again, to {path}, and goes on there.</source>
        <translation>Die Datei der Sitzung wurde verschoben: alles wird noch einmal geschrieben, nach {path}, und geht dort weiter.</translation>
    </message>
    <message>
        <source>The file of the session was removed: all of it is written again, to {path}.</source>
        <translation>Die Datei der Sitzung wurde entfernt: alles wird noch einmal geschrieben, nach {path}.</translation>
    </message>
    <message>
        <source>The file was moved or deleted, or is not a YuNet file, the only kind supported.</source>
        <translation>Die Datei wurde verschoben oder gelöscht, oder sie ist keine YuNet-Datei, die einzige Art, die geht.</translation>
    </message>
    <message>
        <source>The file was moved or deleted, or is not a network.</source>
        <translation>Die Datei wurde verschoben oder gelöscht, oder sie ist kein Netz.</translation>
    </message>
    <message>
        <source>The file with your saved lessons was damaged. The program rescues what it can and keeps the damaged file.</source>
        <translation>Die Datei mit Ihren gespeicherten Stunden wurde beschädigt. Das Programm rettet, was es kann, und behält die beschädigte Datei.</translation>
    </message>
    <message>
        <source>The file with your settings cannot be used as it is.</source>
        <translation>Die Datei mit Ihren Einstellungen lässt sich so nicht benutzen.</translation>
    </message>
    <message>
        <source>The file you chose cannot be played.</source>
        <translation>Die gewählte Datei kann nicht abgespielt werden.</translation>
    </message>
    <message>
        <source>The folder is gone, belongs to somebody else, or is write-protected.</source>
        <translation>Der Ordner ist weg, gehört jemand anderem oder ist schreibgeschützt.</translation>
    </message>
    <message>
        <source>The folder that reports and other copies of lessons were saved in last</source>
        <translation>Der Ordner, in dem Berichte und andere Kopien von Stunden zuletzt gespeichert wurden</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be written: choose another with --out.</source>
        <translation>In den Ordner {folder} kann nicht geschrieben werden: wählen Sie einen anderen mit --out.</translation>
    </message>
    <message>
        <source>The folder {folder} is not there: choose another, or connect its drive.</source>
        <translation>Der Ordner {folder} ist nicht da: Wählen Sie einen anderen, oder schließen Sie sein Laufwerk an.</translation>
    </message>
    <message>
        <source>The folder {out} cannot be made: choose another.</source>
        <translation>Der Ordner {out} kann nicht angelegt werden: wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>The installation was interrupted, or a virus scanner removed a file.</source>
        <translation>Die Installation wurde unterbrochen, oder ein Virenscanner hat eine Datei entfernt.</translation>
    </message>
    <message>
        <source>The language cannot be shown</source>
        <translation>Die Sprache kann nicht gezeigt werden</translation>
    </message>
    <message>
        <source>The law</source>
        <translation>Das Recht</translation>
    </message>
    <message>
        <source>The lesson</source>
        <translation>Die Stunde</translation>
    </message>
    <message>
        <source>The lesson or its figures cannot be found among your saved lessons.</source>
        <translation>Die Stunde oder ihre Zahlen sind unter den gespeicherten Stunden nicht zu finden.</translation>
    </message>
    <message>
        <source>The lesson’s file was moved or changed</source>
        <translation>Die Datei der Stunde wurde verschoben oder geändert</translation>
    </message>
    <message>
        <source>The lid was closed, or the computer went to sleep by itself.</source>
        <translation>Der Deckel wurde zugeklappt, oder der Computer ging von selbst in den Ruhezustand.</translation>
    </message>
    <message>
        <source>The log of your answers, {file}, cannot be read: check that you may open it.</source>
        <translation>Das Protokoll Ihrer Antworten, {file}, ist nicht lesbar: prüfen Sie, ob Sie es öffnen dürfen.</translation>
    </message>
    <message>
        <source>The log of your answers, {file}, is far too large: move it elsewhere, and a new one is begun.</source>
        <translation>Das Protokoll Ihrer Antworten, {file}, ist viel zu groß: legen Sie es woandershin, dann beginnt ein neues.</translation>
    </message>
    <message>
        <source>The mini strip</source>
        <translation>Die kleine Leiste</translation>
    </message>
    <message>
        <source>The monitor with the chosen part of the screen was unplugged or changed: plug it in again, or choose the part again.</source>
        <translation>Der Bildschirm mit dem gewählten Teil wurde abgesteckt oder verändert: stecken Sie ihn wieder an, oder wählen Sie den Teil noch einmal.</translation>
    </message>
    <message>
        <source>The network file chosen in the settings does not fit. Nothing is read with it.</source>
        <translation>Die in den Einstellungen gewählte Netzdatei passt nicht. Mit ihr wird nichts gelesen.</translation>
    </message>
    <message>
        <source>The network is down, the sender is switched off, or its address has changed.</source>
        <translation>Das Netzwerk ist gestört, der Sender ist aus, oder seine Adresse hat sich geändert.</translation>
    </message>
    <message>
        <source>The network {file} can no longer be read: choose another in the settings.</source>
        <translation>Das Netz {file} kann nicht mehr gelesen werden: wählen Sie in den Einstellungen ein anderes.</translation>
    </message>
    <message>
        <source>The network {model} is not the one that was shipped: install the program again.</source>
        <translation>Das Netz {model} ist nicht das mitgelieferte: installieren Sie das Programm neu.</translation>
    </message>
    <message>
        <source>The network {model} was not found: choose another in the settings, or the shipped one.</source>
        <translation>Das Netz {model} wurde nicht gefunden: wählen Sie in den Einstellungen ein anderes oder das mitgelieferte.</translation>
    </message>
    <message>
        <source>The network {network} is damaged; {spare} reads the same in its place, more slowly: install the program again.</source>
        <translation>Das Netz {network} ist beschädigt; {spare} liest an seiner Stelle dasselbe, nur langsamer: installieren Sie das Programm neu.</translation>
    </message>
    <message>
        <source>The network&apos;s answers are no probabilities, so nothing was read from them: choose another in the settings, or the shipped one.</source>
        <translation>Die Antworten des Netzes sind keine Wahrscheinlichkeiten, deshalb wurde nichts gelesen: wählen Sie in den Einstellungen ein anderes oder das mitgelieferte.</translation>
    </message>
    <message>
        <source>The original labels</source>
        <translation>Den Angaben der Sammlung</translation>
    </message>
    <message>
        <source>The other computer answers but does not let you in (401 or 403).</source>
        <translation>Der andere Computer antwortet, lässt Sie aber nicht hinein (401 oder 403).</translation>
    </message>
    <message>
        <source>The other lesson is {minutes} min longer; its end is not shown.</source>
        <translation>Die andere Stunde ist {minutes} min länger; ihr Ende ist nicht zu sehen.</translation>
    </message>
    <message>
        <source>The part of the screen you drew does not contain the faces.</source>
        <translation>Der gezogene Teil des Bildschirms enthält die Gesichter nicht.</translation>
    </message>
    <message>
        <source>The part of the screen you drew is no longer on any monitor.</source>
        <translation>Der Teil des Bildschirms, den Sie gezogen haben, liegt auf keinem Monitor mehr.</translation>
    </message>
    <message>
        <source>The picture cannot be saved as {path}: check that its folder can be written.</source>
        <translation>Das Bild kann nicht als {path} gespeichert werden: prüfen Sie, ob in den Ordner geschrieben werden kann.</translation>
    </message>
    <message>
        <source>The picture is lost</source>
        <translation>Das Bild ist weg</translation>
    </message>
    <message>
        <source>The picture is lost: trying again.</source>
        <translation>Das Bild ist verloren: neuer Versuch.</translation>
    </message>
    <message>
        <source>The picture {path} cannot be opened: check that you may read it.</source>
        <translation>Das Bild {path} lässt sich nicht öffnen: prüfen Sie, ob Sie es lesen dürfen.</translation>
    </message>
    <message>
        <source>The picture {path} was not found: check where it is.</source>
        <translation>Das Bild {path} wurde nicht gefunden: prüfen Sie, wo es liegt.</translation>
    </message>
    <message>
        <source>The power failed at a bad moment, the disk has errors, or another program wrote into it.</source>
        <translation>Der Strom fiel zur Unzeit aus, der Datenträger hat Fehler, oder ein anderes Programm hat hineingeschrieben.</translation>
    </message>
    <message>
        <source>The program cannot open or add to the file with your saved lessons. The lesson’s CSV file is still written.</source>
        <translation>Das Programm kann die Datei mit Ihren gespeicherten Stunden nicht öffnen oder ergänzen. Die CSV-Datei der Stunde wird trotzdem geschrieben.</translation>
    </message>
    <message>
        <source>The program did not begin a session on the demo class: try `demo --out DIR` to see why.</source>
        <translation>Das Programm begann keine Sitzung mit der Demoklasse: `demo --out DIR` zeigt, warum.</translation>
    </message>
    <message>
        <source>The program is incomplete</source>
        <translation>Das Programm ist unvollständig</translation>
    </message>
    <message>
        <source>The program is not allowed to write there.</source>
        <translation>Das Programm darf dort nicht schreiben.</translation>
    </message>
    <message>
        <source>The program is open twice, perhaps on another desktop, or a lesson is still running.</source>
        <translation>Das Programm ist zweimal offen, vielleicht auf einer anderen Arbeitsfläche, oder eine Stunde läuft noch.</translation>
    </message>
    <message>
        <source>The program keeps a list of when you gave which answers. It cannot write or read that list.</source>
        <translation>Das Programm führt eine Liste, wann Sie welche Antworten gegeben haben. Es kann sie nicht schreiben oder lesen.</translation>
    </message>
    <message>
        <source>The program&apos;s folder {name} is missing: install it again.</source>
        <translation>Der Ordner {name} des Programms fehlt: installieren Sie es neu.</translation>
    </message>
    <message>
        <source>The question cannot be answered ({error}): look at its words; docs/store.md has the columns.</source>
        <translation>Die Frage lässt sich nicht beantworten ({error}): Prüfen Sie ihre Wörter; die Spalten stehen in docs/store.md.</translation>
    </message>
    <message>
        <source>The question took longer than {seconds} s: ask for fewer lessons, or for one at a time.</source>
        <translation>Die Frage dauerte länger als {seconds} s: Fragen Sie nach weniger Stunden oder nach einer nach der anderen.</translation>
    </message>
    <message>
        <source>The questions have not been answered, or are asked again because their text changed.</source>
        <translation>Die Fragen wurden noch nicht beantwortet, oder sie werden neu gestellt, weil sich ihr Text geändert hat.</translation>
    </message>
    <message>
        <source>The reading of frames ended by a fault; it is started again.</source>
        <translation>Das Lesen der Bilder endete durch einen Fehler; es beginnt von neuem.</translation>
    </message>
    <message>
        <source>The recording breaks off</source>
        <translation>Die Aufnahme bricht ab</translation>
    </message>
    <message>
        <source>The recording cannot be read</source>
        <translation>Die Aufnahme kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>The recording program crashed, or its disk was full.</source>
        <translation>Das Aufnahmeprogramm ist abgestürzt, oder sein Datenträger war voll.</translation>
    </message>
    <message>
        <source>The recording {path} breaks off at {end_s:.0f} s of {claimed_s:.0f} s: get a complete copy of it; the rows up to there are saved.</source>
        <translation>Die Aufnahme {path} bricht nach {end_s:.0f} von {claimed_s:.0f} s ab: besorgen Sie eine vollständige Kopie; die Zeilen bis dahin sind gespeichert.</translation>
    </message>
    <message>
        <source>The recording {path} breaks off at {end_s:.0f} s: get a complete copy of it; the rows up to there are saved.</source>
        <translation>Die Aufnahme {path} bricht nach {end_s:.0f} s ab: besorgen Sie eine vollständige Kopie; die Zeilen bis dahin sind gespeichert.</translation>
    </message>
    <message>
        <source>The recording {path} cannot be opened: check that you may read it.</source>
        <translation>Die Aufnahme {path} lässt sich nicht öffnen: prüfen Sie, ob Sie sie lesen dürfen.</translation>
    </message>
    <message>
        <source>The recording {path} is damaged or not a video: play it in a video player, or choose another file.</source>
        <translation>Die Aufnahme {path} ist beschädigt oder kein Video: spielen Sie sie in einem Videoprogramm ab, oder wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>The recording {path} is empty: choose another file.</source>
        <translation>Die Aufnahme {path} ist leer: wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>The recording {path} was not found: check where it is.</source>
        <translation>Die Aufnahme {path} wurde nicht gefunden: prüfen Sie, wo sie liegt.</translation>
    </message>
    <message>
        <source>The report could not be painted: save it as a web page, and print that.</source>
        <translation>Der Bericht konnte nicht gezeichnet werden: Speichern Sie ihn als Webseite, und drucken Sie diese.</translation>
    </message>
    <message>
        <source>The run was too short to be measured: give it 10 seconds or more.</source>
        <translation>Der Lauf war zu kurz für eine Messung: geben Sie ihm 10 Sekunden oder mehr.</translation>
    </message>
    <message>
        <source>The screen cannot be captured: unlock it, or start this program on a desktop.</source>
        <translation>Der Bildschirm kann nicht aufgenommen werden: Entsperren Sie ihn, oder starten Sie dieses Programm auf einer Arbeitsfläche.</translation>
    </message>
    <message>
        <source>The screen cannot be seen</source>
        <translation>Der Bildschirm ist nicht zu sehen</translation>
    </message>
    <message>
        <source>The screen is locked, or there is no desktop.</source>
        <translation>Der Bildschirm ist gesperrt, oder es gibt keine Arbeitsfläche.</translation>
    </message>
    <message>
        <source>The screen shows colours in {depth} bits, which cannot be captured: set it to 24 bits (in Xorg&apos;s configuration, DefaultDepth 24), then start again.</source>
        <translation>Der Bildschirm zeigt Farben in {depth} Bit und lässt sich so nicht aufnehmen: stellen Sie ihn auf 24 Bit (in der Konfiguration von Xorg: DefaultDepth 24), dann starten Sie neu.</translation>
    </message>
    <message>
        <source>The sentence</source>
        <translation>Der Satz</translation>
    </message>
    <message>
        <source>The session cannot be read back from {path}: look at its disk.</source>
        <translation>Die Sitzung lässt sich aus {path} nicht zurücklesen: sehen Sie nach der Festplatte.</translation>
    </message>
    <message>
        <source>The setting &quot;{label}&quot; ({name}) is {value}: {allowed}.</source>
        <translation>Die Einstellung „{label}“ ({name}) ist {value}: {allowed}.</translation>
    </message>
    <message>
        <source>The settings</source>
        <translation>Die Einstellungen</translation>
    </message>
    <message>
        <source>The settings cannot be read or saved</source>
        <translation>Die Einstellungen lassen sich nicht lesen oder speichern</translation>
    </message>
    <message>
        <source>The settings cannot be saved in {folder}: check that it can be written.</source>
        <translation>Die Einstellungen können in {folder} nicht gespeichert werden: prüfen Sie, ob dort geschrieben werden kann.</translation>
    </message>
    <message>
        <source>The settings in {file} are not this program&apos;s: mend or delete the file.</source>
        <translation>Die Einstellungen in {file} sind nicht von diesem Programm: berichtigen oder löschen Sie die Datei.</translation>
    </message>
    <message>
        <source>The settings in {file} cannot be read: mend or delete the file.</source>
        <translation>Die Einstellungen in {file} sind nicht lesbar: berichtigen oder löschen Sie die Datei.</translation>
    </message>
    <message>
        <source>The settings in {file} were written by a newer version: update, or delete the file.</source>
        <translation>Die Einstellungen in {file} sind von einer neueren Version: aktualisieren Sie das Programm, oder löschen Sie die Datei.</translation>
    </message>
    <message>
        <source>The shipped face detector {file} is missing: install the program again.</source>
        <translation>Die mitgelieferte Gesichtssuche {file} fehlt: installieren Sie das Programm neu.</translation>
    </message>
    <message>
        <source>The shipped network {shipped} is missing: install the program again.</source>
        <translation>Das mitgelieferte Netz {shipped} fehlt: installieren Sie das Programm neu.</translation>
    </message>
    <message>
        <source>The sidecar {file} cannot be read: correct it, or choose the network again.</source>
        <translation>Die Begleitdatei {file} ist nicht lesbar: berichtigen Sie sie, oder wählen Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>The sidecar {model} does not fit: it needs the seven classes ({expressions}) in the network&apos;s order, and input with channels 1 or 3 and a value_range.</source>
        <translation>Die Begleitdatei {model} passt nicht: sie braucht die sieben Klassen ({expressions}) in der Reihenfolge des Netzes und eine Eingabe mit channels 1 oder 3 und value_range.</translation>
    </message>
    <message>
        <source>The soak stands still: see the log file.</source>
        <translation>Der Dauerlauf steht still: siehe die Protokolldatei.</translation>
    </message>
    <message>
        <source>The source ended by a fault in the program; it is being opened again.</source>
        <translation>Die Quelle endete durch einen Fehler im Programm; sie wird wieder geöffnet.</translation>
    </message>
    <message>
        <source>The source failed {times} times in a row, and is not opened again: stop the session, check the source, and begin another.</source>
        <translation>Die Quelle versagte {times}-mal nacheinander und wird nicht mehr geöffnet: beenden Sie die Sitzung, prüfen Sie die Quelle, und beginnen Sie eine neue.</translation>
    </message>
    <message>
        <source>The source gives a picture every {seconds} s only: seconds long after one have no figures.</source>
        <translation>Die Quelle liefert nur alle {seconds} s ein Bild: Sekunden lange danach haben keine Zahlen.</translation>
    </message>
    <message>
        <source>The source has given no picture for {seconds} s.</source>
        <translation>Die Quelle liefert seit {seconds} s kein Bild.</translation>
    </message>
    <message>
        <source>The source has given no picture for {seconds} s; it is being opened again.</source>
        <translation>Die Quelle liefert seit {seconds} s kein Bild; sie wird wieder geöffnet.</translation>
    </message>
    <message>
        <source>The source is lost, as the soak wants it.</source>
        <translation>Die Quelle ist verloren, wie der Dauerlauf es will.</translation>
    </message>
    <message>
        <source>The source of the last session is remembered until the next start</source>
        <translation>Die Quelle der letzten Sitzung wird bis zum nächsten Start gemerkt</translation>
    </message>
    <message>
        <source>The squares</source>
        <translation>Die Quadrate</translation>
    </message>
    <message>
        <source>The store is being read by another program: close that, then erase once more.</source>
        <translation>Ein anderes Programm liest gerade den Speicher: schließen Sie es, dann löschen Sie noch einmal.</translation>
    </message>
    <message>
        <source>The store of sessions is damaged and is being repaired: this session is stored as soon as that is done.</source>
        <translation>Der Speicher der Sitzungen ist beschädigt und wird repariert: diese Sitzung kommt hinein, sobald das fertig ist.</translation>
    </message>
    <message>
        <source>The store of sessions was damaged. {lost}; of others, {whole}, {seconds} seconds were saved. The damaged file is kept as {damaged}.</source>
        <translation>Der Speicher der Sitzungen war beschädigt. {lost}; von anderen, {whole}, wurden {seconds} Sekunden gerettet. Die beschädigte Datei bleibt als {damaged}.</translation>
    </message>
    <message>
        <source>The store of sessions was damaged. {lost}; the damaged file is kept as {damaged}.</source>
        <translation>Der Speicher der Sitzungen war beschädigt. {lost}; die beschädigte Datei bleibt als {damaged}.</translation>
    </message>
    <message>
        <source>The store of sessions was damaged: nothing of it could be recovered; the damaged file is kept as {damaged}.</source>
        <translation>Der Speicher der Sitzungen war beschädigt: nichts davon ließ sich retten; die beschädigte Datei bleibt als {damaged}.</translation>
    </message>
    <message>
        <source>The store of sessions was damaged: {sessions} sessions with {seconds} seconds were saved, {from_backup} of them out of a backup; the damaged file is kept as {damaged}.</source>
        <translation>Der Speicher der Sitzungen war beschädigt: {sessions} Sitzungen mit {seconds} Sekunden wurden gerettet, {from_backup} davon aus einer Sicherung; die beschädigte Datei bleibt als {damaged}.</translation>
    </message>
    <message>
        <source>The store of sessions was moved, removed or replaced: this session is written again from its start, to {path}.</source>
        <translation>Der Speicher der Sitzungen wurde verschoben, entfernt oder ersetzt: diese Sitzung wird von Anfang an noch einmal geschrieben, nach {path}.</translation>
    </message>
    <message>
        <source>The store of sessions {path} cannot be repaired.</source>
        <translation>Der Speicher der Sitzungen {path} lässt sich nicht reparieren.</translation>
    </message>
    <message>
        <source>The store of sessions {path} cannot be used ({error}): look at its disk and folder.</source>
        <translation>Der Speicher der Sitzungen {path} ist nicht nutzbar ({error}): sehen Sie nach Festplatte und Ordner.</translation>
    </message>
    <message>
        <source>The store of sessions {path} holds what this program did not write ({error}).</source>
        <translation>Im Speicher der Sitzungen {path} steht, was dieses Programm nicht geschrieben hat ({error}).</translation>
    </message>
    <message>
        <source>The store of sessions {path} is damaged: `sessions check --repair` saves what can be read.</source>
        <translation>Der Speicher der Sitzungen {path} ist beschädigt: `sessions check --repair` rettet, was lesbar ist.</translation>
    </message>
    <message>
        <source>The stream cannot be reached, or was interrupted.</source>
        <translation>Der Stream ist nicht erreichbar oder wurde unterbrochen.</translation>
    </message>
    <message>
        <source>The stream from {name} broke off: check the network, then start again.</source>
        <translation>Der Stream von {name} brach ab: prüfen Sie das Netzwerk, dann starten Sie neu.</translation>
    </message>
    <message>
        <source>The stream refuses access</source>
        <translation>Der Stream verweigert den Zugang</translation>
    </message>
    <message>
        <source>The stream’s address is not understood</source>
        <translation>Die Adresse des Streams wird nicht verstanden</translation>
    </message>
    <message>
        <source>The system came without fonts for it.</source>
        <translation>Das System kam ohne Schriften dafür.</translation>
    </message>
    <message>
        <source>The system does not allow programs to use the camera.</source>
        <translation>Das System lässt Programme die Kamera nicht benutzen.</translation>
    </message>
    <message>
        <source>The system does not let this program see the screen, so it cannot read a call.</source>
        <translation>Das System lässt dieses Programm den Bildschirm nicht sehen, also kann es keinen Anruf lesen.</translation>
    </message>
    <message>
        <source>The system’s protection or a virus scanner blocks it.</source>
        <translation>Ein Schutz des Systems oder ein Virenscanner verhindert es.</translation>
    </message>
    <message>
        <source>The user name or password is missing or wrong, or this user may not see the address.</source>
        <translation>Benutzername oder Passwort fehlt oder ist falsch, oder dieser Benutzer darf die Adresse nicht sehen.</translation>
    </message>
    <message>
        <source>The window being read is gone. Nothing is read until it is back.</source>
        <translation>Das gelesene Fenster ist weg. Bis es wieder da ist, wird nichts gelesen.</translation>
    </message>
    <message>
        <source>The window could not be measured: see the line above.</source>
        <translation>Das Fenster ließ sich nicht messen: siehe die Zeile darüber.</translation>
    </message>
    <message>
        <source>The window exists but is not on the screen, so nothing is read. The session only waits.</source>
        <translation>Das Fenster gibt es, aber nicht auf dem Bildschirm; darum wird nichts gelesen. Die Sitzung wartet nur.</translation>
    </message>
    <message>
        <source>The window is hidden or on another desktop: bring it back, and the session goes on.</source>
        <translation>Das Fenster ist verborgen oder auf einem anderen Desktop: holen Sie es zurück, dann geht die Sitzung weiter.</translation>
    </message>
    <message>
        <source>The window is minimised: open it again, and the session goes on.</source>
        <translation>Das Fenster ist minimiert: öffnen Sie es wieder, dann geht die Sitzung weiter.</translation>
    </message>
    <message>
        <source>The window is on no monitor: move it back, and the session goes on.</source>
        <translation>Das Fenster ist auf keinem Bildschirm: schieben Sie es zurück, dann geht die Sitzung weiter.</translation>
    </message>
    <message>
        <source>The window was closed: open it again, or end the session and choose another.</source>
        <translation>Das Fenster wurde geschlossen: öffnen Sie es wieder, oder beenden Sie die Sitzung und wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>Then try again to erase or save the lesson.</source>
        <translation>Versuchen Sie dann noch einmal, die Stunde zu löschen oder zu speichern.</translation>
    </message>
    <message>
        <source>There are no pictures in {path}: choose a folder with JPEG or PNG files.</source>
        <translation>In {path} sind keine Bilder: wählen Sie einen Ordner mit JPEG- oder PNG-Dateien.</translation>
    </message>
    <message>
        <source>There is a picture, but no face is found in it.</source>
        <translation>Es gibt ein Bild, aber darin wird kein Gesicht gefunden.</translation>
    </message>
    <message>
        <source>There is no home folder for {path}: choose another face detector in the settings.</source>
        <translation>Für {path} gibt es kein Benutzerverzeichnis: wählen Sie in den Einstellungen eine andere Gesichtssuche.</translation>
    </message>
    <message>
        <source>There is no home folder for {path}: choose another {what} in the settings.</source>
        <translation>Für {path} gibt es kein Benutzerverzeichnis: wählen Sie in den Einstellungen etwas anderes ({what}).</translation>
    </message>
    <message>
        <source>There is no picture to save: make the window larger and try again.</source>
        <translation>Es gibt kein Bild zu speichern: vergrößern Sie das Fenster, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>There is no session {id}: `sessions list` shows those that there are.</source>
        <translation>Es gibt keine Sitzung {id}: `sessions list` zeigt, welche es gibt.</translation>
    </message>
    <message>
        <source>There is no {boxes_file} in or beside {folder}: add one with the boxes of the faces.</source>
        <translation>In {folder} oder daneben liegt keine {boxes_file}: fügen Sie eine mit den Rahmen der Gesichter hinzu.</translation>
    </message>
    <message>
        <source>They are off until you switch them on, one by one, in the settings.</source>
        <translation>Sie sind aus, bis Sie sie in den Einstellungen einzeln einschalten.</translation>
    </message>
    <message>
        <source>This desktop (Wayland) does not let programs capture its screen: log out, choose an X11 (Xorg) session when you log in, then start again.</source>
        <translation>Diese Arbeitsfläche (Wayland) lässt Programme den Bildschirm nicht aufnehmen: Melden Sie sich ab, wählen Sie beim Anmelden eine X11-Sitzung (Xorg), und starten Sie dann neu.</translation>
    </message>
    <message>
        <source>This lasts for one lesson. Nothing about a face is kept, so do it again in the next one.</source>
        <translation>Das gilt für eine Stunde. Von keinem Gesicht wird etwas behalten, also tun Sie es in der nächsten noch einmal.</translation>
    </message>
    <message>
        <source>This lesson cannot be added to your saved lessons: {problem} Its CSV file is written.</source>
        <translation>Diese Stunde kann nicht zu Ihren gespeicherten Stunden kommen: {problem} Ihre CSV-Datei wird geschrieben.</translation>
    </message>
    <message>
        <source>This lesson is no longer stored.</source>
        <translation>Diese Stunde ist nicht mehr gespeichert.</translation>
    </message>
    <message>
        <source>This lesson is no longer stored: begin a new session.</source>
        <translation>Diese Stunde ist nicht mehr gespeichert: Beginnen Sie eine neue Sitzung.</translation>
    </message>
    <message>
        <source>This program&apos;s own window covers most of what is read: move it aside or minimise it, and the session goes on.</source>
        <translation>Das Fenster dieses Programms verdeckt das meiste von dem, was gelesen wird: schieben Sie es zur Seite oder minimieren Sie es, dann geht die Sitzung weiter.</translation>
    </message>
    <message>
        <source>This program&apos;s own window covers the chosen window: move one of them aside, and the session goes on.</source>
        <translation>Das Fenster dieses Programms verdeckt das gewählte Fenster: schieben Sie eines zur Seite, dann geht die Sitzung weiter.</translation>
    </message>
    <message>
        <source>This program’s own window covers it. It never reads itself, so that part is left out.</source>
        <translation>Das eigene Fenster dieses Programms verdeckt ihn. Es liest sich nie selbst; dieser Teil wird ausgelassen.</translation>
    </message>
    <message>
        <source>This stays off with your answers</source>
        <translation>Mit Ihren Antworten bleibt das aus</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Time constant of the smoothing; 0 is none</source>
        <translation>Zeitkonstante der Glättung; 0 ist keine</translation>
    </message>
    <message>
        <source>To read the class, choose the call’s window: your camera only shows you.</source>
        <translation>Um die Klasse zu lesen, wählen Sie das Fenster des Anrufs: Ihre Kamera zeigt nur Sie.</translation>
    </message>
    <message>
        <source>To try it without a class, choose “Demo class” under “More”: its faces are generated.</source>
        <translation>Zum Ausprobieren ohne Klasse wählen Sie „Demoklasse“ unter „Mehr“; ihre Gesichter sind künstlich.</translation>
    </message>
    <message>
        <source>Too few faces</source>
        <translation>Zu wenige Gesichter</translation>
    </message>
    <message>
        <source>Too few faces to say what has changed.</source>
        <translation>Zu wenige Gesichter, um zu sagen, was sich geändert hat.</translation>
    </message>
    <message>
        <source>Too little was seen to say.</source>
        <translation>Es war zu wenig zu sehen.</translation>
    </message>
    <message>
        <source>Too short to learn what is usual.</source>
        <translation>Zu&#xa0;kurz,&#xa0;um&#xa0;zu&#xa0;lernen,&#xa0;was&#xa0;üblich&#xa0;ist.</translation>
    </message>
    <message>
        <source>Training needs TensorFlow: run `make setup EXTRAS=train`, or install fer-desktop[train].</source>
        <translation>Training braucht TensorFlow: rufen Sie `make setup EXTRAS=train` auf, oder installieren Sie fer-desktop[train].</translation>
    </message>
    <message>
        <source>Trust changes more than numbers. A face is not a feeling, and many faces are misread.</source>
        <translation>Trauen Sie Änderungen mehr als Zahlen. Ein Gesicht ist kein Gefühl, und viele Gesichter werden falsch gelesen.</translation>
    </message>
    <message>
        <source>Try another USB port, without a hub.</source>
        <translation>Versuchen Sie einen anderen USB-Anschluss, ohne Verteiler.</translation>
    </message>
    <message>
        <source>Try the same address in a video player.</source>
        <translation>Versuchen Sie dieselbe Adresse in einem Videoplayer.</translation>
    </message>
    <message>
        <source>Turned away</source>
        <translation>Abgewandt</translation>
    </message>
    <message>
        <source>Two screens? Put the call on one and your slides on the other.</source>
        <translation>Zwei Bildschirme? Den Anruf auf den einen, die Folien auf den anderen.</translation>
    </message>
    <message>
        <source>Unlock the screen. If it is set to few colours, set it to 24 bits.</source>
        <translation>Entsperren Sie den Bildschirm. Zeigt er wenige Farben, stellen Sie ihn auf 24 Bit.</translation>
    </message>
    <message>
        <source>Unplug the camera and plug it in again.</source>
        <translation>Ziehen Sie die Kamera ab und schließen Sie sie wieder an.</translation>
    </message>
    <message>
        <source>Until the next lesson or start</source>
        <translation>Bis zur nächsten Stunde oder zum Start</translation>
    </message>
    <message>
        <source>Updates a second, at most</source>
        <translation>Auswertungen je Sekunde, höchstens</translation>
    </message>
    <message>
        <source>Use the demo class, your own camera, or a recording of yourself.</source>
        <translation>Nehmen Sie die Demoklasse, Ihre eigene Kamera oder eine Aufnahme von sich selbst.</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>Üblich</translation>
    </message>
    <message>
        <source>Usual look</source>
        <translation>Übliches Aussehen</translation>
    </message>
    <message>
        <source>Usual: the median and the middle 80 % of {count} earlier lessons of this class.</source>
        <translation>Sonst: der Median und die mittleren 80 % von {count} früheren Stunden dieser Klasse.</translation>
    </message>
    <message>
        <source>Wait a minute, and open “Saved lessons” again.</source>
        <translation>Warten Sie eine Minute, und öffnen Sie „Gespeicherte Stunden“ noch einmal.</translation>
    </message>
    <message>
        <source>Wait a moment: an interrupted stream is opened again automatically.</source>
        <translation>Warten Sie einen Moment: Ein unterbrochener Stream wird von selbst neu geöffnet.</translation>
    </message>
    <message>
        <source>Wait half a minute.</source>
        <translation>Warten Sie eine halbe Minute.</translation>
    </message>
    <message>
        <source>Waiting: a window of this program lies over the call.</source>
        <translation>Wartet: Ein Fenster dieses Programms liegt über dem Anruf.</translation>
    </message>
    <message>
        <source>Waiting: another window covers the call.</source>
        <translation>Wartet: ein anderes Fenster verdeckt den Anruf.</translation>
    </message>
    <message>
        <source>Waiting: the call&apos;s window is not shown.</source>
        <translation>Wartet: das Fenster des Anrufs ist nicht zu sehen.</translation>
    </message>
    <message>
        <source>Was an answer wrong? Press “Change answers” and answer truthfully.</source>
        <translation>War eine Antwort falsch? Drücken Sie „Antworten ändern“, und antworten Sie wahrheitsgemäß.</translation>
    </message>
    <message>
        <source>Was it a newer version? Install that again.</source>
        <translation>War es eine neuere Version? Installieren Sie diese wieder.</translation>
    </message>
    <message>
        <source>What are the calls?</source>
        <translation>Worum geht es in den Anrufen?</translation>
    </message>
    <message>
        <source>What helps</source>
        <translation>Was hilft</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Was gezeigt wird</translation>
    </message>
    <message>
        <source>What is usual takes {least} earlier lessons of this class. So far: {count}. Nothing is compared.</source>
        <translation>Was sonst üblich ist, braucht {least} frühere Stunden dieser Klasse. Bisher: {count}. Es wird nichts verglichen.</translation>
    </message>
    <message>
        <source>What others are told, and the law</source>
        <translation>Was anderen gesagt wird, und das Recht</translation>
    </message>
    <message>
        <source>What the calls are: education, work or something else</source>
        <translation>Worum es in den Anrufen geht: Unterricht, Arbeit oder etwas anderes</translation>
    </message>
    <message>
        <source>What the program can and cannot know was read, and the answers were accepted</source>
        <translation>Gelesen wurde, was das Programm wissen kann und was nicht, und die Antworten wurden angenommen</translation>
    </message>
    <message>
        <source>What the window speaks, from its next start on</source>
        <translation>Was das Fenster spricht, ab seinem nächsten Start</translation>
    </message>
    <message>
        <source>What the words mean</source>
        <translation>Was die Worte bedeuten</translation>
    </message>
    <message>
        <source>What this class showed over the last ten minutes of this lesson. The first five minutes are spent learning it.</source>
        <translation>Was diese Klasse in den letzten zehn Minuten dieser Stunde gezeigt hat. In den ersten fünf Minuten wird das gelernt.</translation>
    </message>
    <message>
        <source>What you typed is not the address of a stream.</source>
        <translation>Was Sie eingegeben haben, ist nicht die Adresse eines Streams.</translation>
    </message>
    <message>
        <source>When something goes wrong</source>
        <translation>Wenn etwas nicht klappt</translation>
    </message>
    <message>
        <source>When you share your screen, others see it until you tick “The class has been told”. From then on it is hidden from them, where the system allows that.</source>
        <translation>Teilen Sie Ihren Bildschirm, sehen andere sie, bis Sie „Die Klasse weiß Bescheid“ ankreuzen. Danach ist sie für sie verborgen, wo das System das kann.</translation>
    </message>
    <message>
        <source>Where CSV files are saved</source>
        <translation>Wo CSV-Dateien gespeichert werden</translation>
    </message>
    <message>
        <source>Where is the class held?</source>
        <translation>Wo findet der Unterricht statt?</translation>
    </message>
    <message>
        <source>Where my lessons are</source>
        <translation>Wo meine Stunden sind</translation>
    </message>
    <message>
        <source>Where the CSV files of sessions are saved</source>
        <translation>Wo die CSV-Dateien von Sitzungen gespeichert werden</translation>
    </message>
    <message>
        <source>Where the class is held: in the EU or EEA, or elsewhere</source>
        <translation>Wo der Unterricht stattfindet: in der EU oder im EWR, oder anderswo</translation>
    </message>
    <message>
        <source>Whether a CSV file is written while a session runs</source>
        <translation>Ob während einer Sitzung eine CSV-Datei geschrieben wird</translation>
    </message>
    <message>
        <source>Which output of the network is read</source>
        <translation>Welcher Ausgang des Netzes gelesen wird</translation>
    </message>
    <message>
        <source>While the session ran, its file was touched by somebody or something else. It was written again in full: nothing is lost.</source>
        <translation>Während der Sitzung hat jemand oder etwas ihre Datei angefasst. Sie wurde ganz neu geschrieben: Nichts ist verloren.</translation>
    </message>
    <message>
        <source>Why it may be</source>
        <translation>Woran es liegen kann</translation>
    </message>
    <message>
        <source>With fewer than ten faces it only says what most show, never a change.</source>
        <translation>Bei weniger als zehn Gesichtern wird nur gesagt, was die meisten zeigen, nie eine Änderung.</translation>
    </message>
    <message>
        <source>With the keyboard: Tab to the picture, arrow keys to the tile, then Space.</source>
        <translation>Mit der Tastatur: Tab zum Bild, Pfeiltasten zur Kachel, dann Leertaste.</translation>
    </message>
    <message>
        <source>With your answers this stays off: in the EU and EEA the law forbids reading the expressions of people in teaching and at work, live or recorded, with consent or without. The demo class, your own camera and recordings of yourself can be used.</source>
        <translation>Mit Ihren Antworten bleibt das aus: in der EU und im EWR verbietet es das Gesetz, die Ausdrücke von Menschen im Unterricht und bei der Arbeit zu lesen, live oder aus Aufnahmen, mit Einwilligung oder ohne. Demoklasse, eigene Kamera und Aufnahmen von Ihnen selbst stehen offen.</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Arbeit</translation>
    </message>
    <message>
        <source>Write a CSV file while a session runs</source>
        <translation>Während einer Sitzung eine CSV-Datei schreiben</translation>
    </message>
    <message>
        <source>Write both before the computer’s name: rtsp://user:password@computer.</source>
        <translation>Schreiben Sie beides vor den Namen des Computers: rtsp://user:password@computer.</translation>
    </message>
    <message>
        <source>You erased it, or its time was over: see “Lessons are kept” in the settings.</source>
        <translation>Sie haben sie gelöscht, oder ihre Zeit war um: siehe „Stunden bleiben“ in den Einstellungen.</translation>
    </message>
    <message>
        <source>You need not do anything. The message says which file is the right one now.</source>
        <translation>Sie müssen nichts tun. Die Meldung sagt, welche Datei jetzt die richtige ist.</translation>
    </message>
    <message>
        <source>Your answers cannot be kept in {file}: check that its folder can be written.</source>
        <translation>Ihre Antworten können nicht in {file} aufbewahrt werden: prüfen Sie, ob in den Ordner geschrieben werden kann.</translation>
    </message>
    <message>
        <source>Your answers cannot be saved</source>
        <translation>Ihre Antworten können nicht gespeichert werden</translation>
    </message>
    <message>
        <source>Your notes</source>
        <translation>Ihre Notizen</translation>
    </message>
    <message>
        <source>Your own face detector cannot be used</source>
        <translation>Ihre eigene Gesichtssuche kann nicht benutzt werden</translation>
    </message>
    <message>
        <source>Your own network cannot be used</source>
        <translation>Ihr eigenes Netz kann nicht benutzt werden</translation>
    </message>
    <message>
        <source>Your own network, a .tflite or .keras file with its sidecar .json</source>
        <translation>Ihr eigenes Netz, eine .tflite- oder .keras-Datei mit ihrer Begleitdatei .json</translation>
    </message>
    <message>
        <source>Your saved lessons are damaged: start the program again, and what can be read is saved.</source>
        <translation>Ihre gespeicherten Stunden sind beschädigt: starten Sie das Programm neu, dann wird gerettet, was lesbar ist.</translation>
    </message>
    <message>
        <source>YuNet</source>
        <translation>YuNet</translation>
    </message>
    <message>
        <source>YuNet&apos;s .onnx file, if you have one of your own</source>
        <translation>Die .onnx-Datei von YuNet, wenn Sie eine eigene haben</translation>
    </message>
    <message>
        <source>Zoom shows {shown} of {size}; 49 a page can be set in Zoom.</source>
        <translation>Zoom zeigt {shown} von {size}; in Zoom lassen sich 49 pro Seite einstellen.</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>are not in view</source>
        <translation>nicht im Bild sind</translation>
    </message>
    <message>
        <source>are turned away</source>
        <translation>abgewandt sind</translation>
    </message>
    <message>
        <source>cameras on and read</source>
        <translation>Kameras an und gelesen</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>from {begin} to {end}</source>
        <translation>von {begin} bis {end}</translation>
    </message>
    <message>
        <source>half</source>
        <translation>Hälfte</translation>
    </message>
    <message>
        <source>have stopped smiling</source>
        <translation>nicht mehr lächeln</translation>
    </message>
    <message>
        <source>it can be true or false</source>
        <translation>erlaubt ist true oder false</translation>
    </message>
    <message>
        <source>it can be {most} or {last}</source>
        <translation>erlaubt ist {most} oder {last}</translation>
    </message>
    <message>
        <source>it must be a number from {low} to {high}</source>
        <translation>erlaubt ist eine Zahl von {low} bis {high}</translation>
    </message>
    <message>
        <source>it must be a whole number from {low} to {high}</source>
        <translation>erlaubt ist eine ganze Zahl von {low} bis {high}</translation>
    </message>
    <message>
        <source>it must be text</source>
        <translation>erlaubt ist Text</translation>
    </message>
    <message>
        <source>lesson</source>
        <translation>Stunde</translation>
    </message>
    <message>
        <source>look sad, afraid or angry</source>
        <translation>traurig, ängstlich oder wütend wirken</translation>
    </message>
    <message>
        <source>look surprised</source>
        <translation>überrascht wirken</translation>
    </message>
    <message>
        <source>macOS does not let this program see the screen: allow it under System Settings, Privacy &amp; Security, Screen Recording, then open it again.</source>
        <translation>macOS lässt dieses Programm den Bildschirm nicht sehen: Erlauben Sie es unter Systemeinstellungen, Datenschutz &amp; Sicherheit, Bildschirmaufnahme, und öffnen Sie es neu.</translation>
    </message>
    <message>
        <source>macOS needs your permission, and it was not given.</source>
        <translation>macOS braucht Ihre Erlaubnis, und sie wurde nicht gegeben.</translation>
    </message>
    <message>
        <source>min</source>
        <translation>min</translation>
    </message>
    <message>
        <source>moments</source>
        <translation>Momente</translation>
    </message>
    <message>
        <source>most of the time</source>
        <translation>die meiste Zeit</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
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
        <translation>lächeln</translation>
    </message>
    <message>
        <source>{count} of {faces} faces are too bright to read: less light from behind helps.</source>
        <translation>{count}&#xa0;von&#xa0;{faces}&#xa0;Gesichtern&#xa0;sind&#xa0;zum&#xa0;Lesen&#xa0;zu&#xa0;hell:&#xa0;weniger&#xa0;Licht&#xa0;von&#xa0;hinten&#xa0;hilft.</translation>
    </message>
    <message>
        <source>{count} of {faces} faces are too dark to read: more light on the face helps.</source>
        <translation>{count}&#xa0;von&#xa0;{faces}&#xa0;Gesichtern&#xa0;sind&#xa0;zum&#xa0;Lesen&#xa0;zu&#xa0;dunkel:&#xa0;mehr&#xa0;Licht&#xa0;auf&#xa0;dem&#xa0;Gesicht&#xa0;hilft.</translation>
    </message>
    <message>
        <source>{count} of {faces} pictures stand still: the call’s connection may be slow.</source>
        <translation>{count}&#xa0;von&#xa0;{faces}&#xa0;Bildern&#xa0;stehen&#xa0;still:&#xa0;vielleicht&#xa0;ist&#xa0;die&#xa0;Verbindung&#xa0;des&#xa0;Anrufs&#xa0;langsam.</translation>
    </message>
    <message>
        <source>{day}, {begin} to {end}</source>
        <translation>{day}, {begin} bis {end}</translation>
    </message>
    <message>
        <source>{expected} rows were expected, {written} are in the files, {stored} in the store.</source>
        <translation>{expected} Zeilen wurden erwartet, {written} stehen in den Dateien, {stored} im Speicher.</translation>
    </message>
    <message>
        <source>{faces} of {cameras}</source>
        <translation>{faces} von {cameras}</translation>
    </message>
    <message>
        <source>{file} cannot be opened: check its name, and that you may read it.</source>
        <translation>{file} lässt sich nicht öffnen: Prüfen Sie den Namen und ob Sie die Datei lesen dürfen.</translation>
    </message>
    <message>
        <source>{file} cannot be read as a picture: save it as JPEG or PNG.</source>
        <translation>{file} lässt sich nicht als Bild lesen: speichern Sie es als JPEG oder PNG.</translation>
    </message>
    <message>
        <source>{file} cannot be written: copy the network to a folder of yours.</source>
        <translation>{file} kann nicht geschrieben werden: kopieren Sie das Netz in einen Ihrer Ordner.</translation>
    </message>
    <message>
        <source>{file} could not be written whole: check its disk, and save it again.</source>
        <translation>{file} konnte nicht vollständig geschrieben werden: Prüfen Sie das Laufwerk, und speichern Sie noch einmal.</translation>
    </message>
    <message>
        <source>{file} has no rows: there is nothing to take over.</source>
        <translation>{file} hat keine Zeilen: Es gibt nichts zu übernehmen.</translation>
    </message>
    <message>
        <source>{file} is a file of this program, which holds your lessons: choose another name.</source>
        <translation>{file} gehört zu diesem Programm und enthält Ihre Stunden: wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>{file} is damaged: its columns are file,x0,y0,x1,y1, in px.</source>
        <translation>{file} ist beschädigt: die Spalten sind file,x0,y0,x1,y1, in px.</translation>
    </message>
    <message>
        <source>{file} is damaged: nothing was taken from it; choose another backup.</source>
        <translation>{file} ist beschädigt: Nichts wurde daraus übernommen; wählen Sie eine andere Sicherung.</translation>
    </message>
    <message>
        <source>{file} is in your lessons already, as number {id}: nothing was changed.</source>
        <translation>{file} ist schon unter Ihren Stunden, als Nummer {id}: Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{file} is no YuNet file that OpenCV reads: choose another in the settings, or leave it empty there.</source>
        <translation>{file} ist keine YuNet-Datei, die OpenCV liest: wählen Sie in den Einstellungen eine andere, oder lassen Sie das Feld leer.</translation>
    </message>
    <message>
        <source>{file} is no backup of this program: choose a file that “Back up all” or `sessions backup` made.</source>
        <translation>{file} ist keine Sicherung dieses Programms: Wählen Sie eine Datei, die „Alle sichern“ oder `sessions backup` gemacht hat.</translation>
    </message>
    <message>
        <source>{file} is no session of this program: choose a CSV file that it has written.</source>
        <translation>{file} ist keine Sitzung dieses Programms: Wählen Sie eine CSV-Datei, die es geschrieben hat.</translation>
    </message>
    <message>
        <source>{file} was changed, or is damaged, in line {line}: choose the CSV file as this program wrote it.</source>
        <translation>{file} wurde in Zeile {line} geändert oder ist dort beschädigt: Wählen Sie die CSV-Datei so, wie dieses Programm sie geschrieben hat.</translation>
    </message>
    <message>
        <source>{file} was written by a newer version of this program: install that one first.</source>
        <translation>{file} stammt von einer neueren Version dieses Programms: Installieren Sie zuerst diese.</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{length}: another window covered the call.</source>
        <translation>{length}: Ein anderes Fenster verdeckte den Anruf.</translation>
    </message>
    <message>
        <source>{length}: fewer than 5 faces were read, and are not told of.</source>
        <translation>{length}: Weniger als 5 Gesichter wurden gelesen; von ihnen wird nichts gesagt.</translation>
    </message>
    <message>
        <source>{length}: nothing was read yet.</source>
        <translation>{length}: Es war noch nichts gelesen.</translation>
    </message>
    <message>
        <source>{length}: paused.</source>
        <translation>{length}: pausiert.</translation>
    </message>
    <message>
        <source>{length}: stopped, and then resumed.</source>
        <translation>{length}: gestoppt, dann fortgesetzt.</translation>
    </message>
    <message>
        <source>{length}: the computer was asleep.</source>
        <translation>{length}: Der Computer schlief.</translation>
    </message>
    <message>
        <source>{length}: the computer was busy.</source>
        <translation>{length}: Der Computer war ausgelastet.</translation>
    </message>
    <message>
        <source>{length}: there was no picture.</source>
        <translation>{length}: Es gab kein Bild.</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{minutes} min were missed: the computer or the program was asleep.</source>
        <translation>{minutes} min fehlen: der Computer oder das Programm schlief.</translation>
    </message>
    <message>
        <source>{model} cannot be used as a network: choose a .tflite or .keras file.</source>
        <translation>{model} taugt nicht als Netz: wählen Sie eine .tflite- oder .keras-Datei.</translation>
    </message>
    <message>
        <source>{model} cannot read several crops at once: convert it with an open batch size.</source>
        <translation>{model} kann nicht mehrere Ausschnitte auf einmal lesen: wandeln Sie es mit offener Batchgröße um.</translation>
    </message>
    <message>
        <source>{model} does not have one input: use a network that takes one crop.</source>
        <translation>{model} hat nicht genau einen Eingang: nehmen Sie ein Netz, das einen Ausschnitt liest.</translation>
    </message>
    <message>
        <source>{model} does not output seven probabilities: end it in a softmax over seven classes.</source>
        <translation>{model} gibt keine sieben Wahrscheinlichkeiten aus: lassen Sie es mit einem Softmax über sieben Klassen enden.</translation>
    </message>
    <message>
        <source>{model} does not take square crops of a fixed size: use a network that does.</source>
        <translation>{model} nimmt keine quadratischen Ausschnitte fester Größe: nehmen Sie ein Netz, das es tut.</translation>
    </message>
    <message>
        <source>{model} does not take the crops that its sidecar describes: correct one of them.</source>
        <translation>{model} nimmt nicht die Ausschnitte, die seine Begleitdatei beschreibt: berichtigen Sie eines von beiden.</translation>
    </message>
    <message>
        <source>{model} has no output named {wanted}, which its sidecar lists in `outputs`: correct it.</source>
        <translation>{model} hat keinen Ausgang namens {wanted}, den die Begleitdatei unter `outputs` nennt: berichtigen Sie sie.</translation>
    </message>
    <message>
        <source>{model} has no output named {wanted}: choose one of {heads}.</source>
        <translation>{model} hat keinen Ausgang namens {wanted}: wählen Sie einen von {heads}.</translation>
    </message>
    <message>
        <source>{model} has no sidecar {name} beside it: choose the network in the settings, which ask for it.</source>
        <translation>Neben {model} fehlt die Begleitdatei {name}: wählen Sie das Netz in den Einstellungen, die danach fragen.</translation>
    </message>
    <message>
        <source>{model} has the outputs {heads}: its sidecar must list in `outputs` the one to read first.</source>
        <translation>{model} hat die Ausgänge {heads}: die Begleitdatei muss unter `outputs` zuerst den nennen, der gelesen wird.</translation>
    </message>
    <message>
        <source>{model} is not a Keras network that can be loaded here: choose another.</source>
        <translation>{model} ist kein Keras-Netz, das sich hier laden lässt: wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>{model} is not a TensorFlow Lite network with one input and named outputs: choose another.</source>
        <translation>{model} ist kein TensorFlow-Lite-Netz mit einem Eingang und benannten Ausgängen: wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>{model} is not a network that can be read: choose another.</source>
        <translation>{model} ist kein Netz, das sich lesen lässt: wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>{model} is too large to be loaded ({found}; at most {most}): choose a smaller network.</source>
        <translation>{model} ist zu groß zum Laden ({found}; höchstens {most}): wählen Sie ein kleineres Netz.</translation>
    </message>
    <message>
        <source>{model} takes crops of {shape} channels, its sidecar says {channels}: correct it.</source>
        <translation>{model} nimmt Ausschnitte mit {shape} Kanälen, die Begleitdatei sagt {channels}: berichtigen Sie sie.</translation>
    </message>
    <message>
        <source>{model} takes whole numbers from 0 to 255: its sidecar&apos;s value_range must say so.</source>
        <translation>{model} nimmt ganze Zahlen von 0 bis 255: das muss value_range in der Begleitdatei sagen.</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the disk is full: free some space, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>{name} kann in {parent} nicht geschrieben werden, die Festplatte ist voll: schaffen Sie Platz, oder wählen Sie einen anderen Ordner (in den Einstellungen; auf der Kommandozeile mit --out).</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the disk is write-protected: choose another folder (in the settings; on the command line with --out).</source>
        <translation>{name} kann in {parent} nicht geschrieben werden, der Datenträger ist schreibgeschützt: wählen Sie einen anderen Ordner (in den Einstellungen; auf der Kommandozeile mit --out).</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the disk reports an error: check its cable, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>{name} kann in {parent} nicht geschrieben werden, die Festplatte meldet einen Fehler: prüfen Sie ihr Kabel, oder wählen Sie einen anderen Ordner (in den Einstellungen; auf der Kommandozeile mit --out).</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the network drive has lost it: connect it again, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>{name} kann in {parent} nicht geschrieben werden, das Netzlaufwerk ist weg: verbinden Sie es wieder, oder wählen Sie einen anderen Ordner (in den Einstellungen; auf der Kommandozeile mit --out).</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, your share of the disk is used up: delete some files, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>{name} kann in {parent} nicht geschrieben werden, Ihr Anteil an der Festplatte ist aufgebraucht: löschen Sie Dateien, oder wählen Sie einen anderen Ordner (in den Einstellungen; auf der Kommandozeile mit --out).</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}: make it writable, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>{name} kann in {parent} nicht geschrieben werden: erlauben Sie das Schreiben, oder wählen Sie einen anderen Ordner (in den Einstellungen; auf der Kommandozeile mit --out).</translation>
    </message>
    <message>
        <source>{name} does not let you see this address: check user, password and address.</source>
        <translation>{name} lässt Sie diese Adresse nicht sehen: prüfen Sie Name, Passwort und Adresse.</translation>
    </message>
    <message>
        <source>{name} needs TensorFlow, which is not installed: pip install &apos;fer-desktop[train]&apos;.</source>
        <translation>{name} braucht TensorFlow, das nicht installiert ist: pip install &apos;fer-desktop[train]&apos;.</translation>
    </message>
    <message>
        <source>{name} sends no pictures: close other programs that use it, such as the call, then start again.</source>
        <translation>{name} schickt keine Bilder: schließen Sie andere Programme, die sie nutzen, etwa den Anruf, dann starten Sie neu.</translation>
    </message>
    <message>
        <source>{name} stopped sending pictures: check its cable, then start again.</source>
        <translation>{name} schickt keine Bilder mehr: prüfen Sie das Kabel, dann starten Sie neu.</translation>
    </message>
    <message>
        <source>{name} wants a user and a password, or knows others: write them before the computer&apos;s name, as in rtsp://user:password@computer.</source>
        <translation>{name} will einen Namen und ein Passwort oder kennt andere: schreiben Sie sie vor den Computer, wie in rtsp://name:passwort@computer.</translation>
    </message>
    <message>
        <source>{name} was not found: connect it, or choose another camera.</source>
        <translation>{name} wurde nicht gefunden: schließen Sie sie an, oder wählen Sie eine andere Kamera.</translation>
    </message>
    <message>
        <source>{path} already exists: choose another name or move it away.</source>
        <translation>{path} gibt es schon: wählen Sie einen anderen Namen, oder legen Sie es woandershin.</translation>
    </message>
    <message>
        <source>{path} cannot be opened: check that you may read it.</source>
        <translation>{path} lässt sich nicht öffnen: prüfen Sie, ob Sie es lesen dürfen.</translation>
    </message>
    <message>
        <source>{path} cannot be written ({error}): free some space on that disk; what was written before is kept.</source>
        <translation>{path} kann nicht geschrieben werden ({error}): schaffen Sie Platz auf dieser Festplatte; was schon geschrieben ist, bleibt.</translation>
    </message>
    <message>
        <source>{path} cannot be written, it has reached the size that is allowed: free some space or have the limit raised; what was written before is kept.</source>
        <translation>{path} kann nicht geschrieben werden, die erlaubte Größe ist erreicht: schaffen Sie Platz, oder lassen Sie die Grenze anheben; was schon geschrieben ist, bleibt.</translation>
    </message>
    <message>
        <source>{path} cannot be written, it is not permitted: allow this program to write in its folder; what was written before is kept.</source>
        <translation>{path} kann nicht geschrieben werden, es ist nicht erlaubt: erlauben Sie diesem Programm, in den Ordner zu schreiben; was schon geschrieben ist, bleibt.</translation>
    </message>
    <message>
        <source>{path} cannot be written, the disk is full: free some space on it; what was written before is kept.</source>
        <translation>{path} kann nicht geschrieben werden, die Festplatte ist voll: schaffen Sie dort Platz; was schon geschrieben ist, bleibt.</translation>
    </message>
    <message>
        <source>{path} cannot be written, the disk is write-protected now: take the protection off, or connect it again.</source>
        <translation>{path} kann nicht geschrieben werden, der Datenträger ist jetzt schreibgeschützt: heben Sie den Schutz auf, oder verbinden Sie ihn neu.</translation>
    </message>
    <message>
        <source>{path} cannot be written, the disk reports an error: check its cable, or the drive itself.</source>
        <translation>{path} kann nicht geschrieben werden, die Festplatte meldet einen Fehler: prüfen Sie ihr Kabel oder die Festplatte selbst.</translation>
    </message>
    <message>
        <source>{path} cannot be written, the network drive has lost it: connect the drive again.</source>
        <translation>{path} kann nicht geschrieben werden, das Netzlaufwerk ist weg: verbinden Sie es wieder.</translation>
    </message>
    <message>
        <source>{path} cannot be written, your share of the disk is used up: delete or move files of yours; what was written before is kept.</source>
        <translation>{path} kann nicht geschrieben werden, Ihr Anteil an der Festplatte ist aufgebraucht: löschen oder verschieben Sie eigene Dateien; was schon geschrieben ist, bleibt.</translation>
    </message>
    <message>
        <source>{path} contains no recordings or pictures: choose another folder.</source>
        <translation>In {path} sind keine Aufnahmen oder Bilder: wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>{path} is a HEIC photo, which cannot be read here: save it as JPEG or PNG.</source>
        <translation>{path} ist ein HEIC-Foto, das sich hier nicht lesen lässt: speichern Sie es als JPEG oder PNG.</translation>
    </message>
    <message>
        <source>{path} is a database of another program: move it away.</source>
        <translation>{path} ist die Datenbank eines anderen Programms: legen Sie sie woandershin.</translation>
    </message>
    <message>
        <source>{path} is damaged or not a picture: save it again as JPEG or PNG.</source>
        <translation>{path} ist beschädigt oder kein Bild: speichern Sie es noch einmal als JPEG oder PNG.</translation>
    </message>
    <message>
        <source>{path} is no file: choose a picture.</source>
        <translation>{path} ist keine Datei: wählen Sie ein Bild.</translation>
    </message>
    <message>
        <source>{path} is too large: make it smaller, at most {side:,} px a side and {megapixels} megapixels.</source>
        <translation>{path} ist zu groß: verkleinern Sie es auf höchstens {side} px je Seite und {megapixels} Megapixel.</translation>
    </message>
    <message>
        <source>{path} met a fault in the program: please report it; what else was given is read.</source>
        <translation>Bei {path} ist im Programm ein Fehler aufgetreten: bitte melden Sie ihn; alles andere wird gelesen.</translation>
    </message>
    <message>
        <source>{path} was moved, erased or changed since: begin a new session.</source>
        <translation>{path} wurde seither verschoben, gelöscht oder geändert: Beginnen Sie eine neue Sitzung.</translation>
    </message>
    <message>
        <source>{path} was not found: check where it is.</source>
        <translation>{path} wurde nicht gefunden: prüfen Sie, wo es liegt.</translation>
    </message>
    <message>
        <source>{path} was written by a newer version of this program: install that one again.</source>
        <translation>{path} ist von einer neueren Version dieses Programms: installieren Sie jene wieder.</translation>
    </message>
    <message>
        <source>{problem} Change it in {file}, or delete the file.</source>
        <translation>{problem} Ändern Sie es in {file}, oder löschen Sie die Datei.</translation>
    </message>
    <message>
        <source>{problem} What happened is in the log file.</source>
        <translation>{problem} Was geschah, steht in der Protokolldatei.</translation>
    </message>
    <message>
        <source>{problem} What happened is in {file}</source>
        <translation>{problem} Was geschah, steht in {file}</translation>
    </message>
    <message>
        <source>{problem} Who was left out is counted again: leave them out once more.</source>
        <translation>{problem} Wer ausgelassen war, zählt wieder mit: lassen Sie sie noch einmal aus.</translation>
    </message>
    <message>
        <source>{refusal} If you alone are seen in these, add --recording-of-myself.</source>
        <translation>{refusal} Wenn nur Sie darin zu sehen sind, fügen Sie --recording-of-myself hinzu.</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{seconds} s were missed: the computer or the program was asleep.</source>
        <translation>{seconds} s fehlen: der Computer oder das Programm schlief.</translation>
    </message>
    <message>
        <source>{start} {what} were open at the start, and {end} at the end.</source>
        <translation>{start} {what} waren am Anfang offen und {end} am Ende.</translation>
    </message>
    <message>
        <source>हिन्दी</source>
        <translation>हिन्दी</translation>
    </message>
    <message>
        <source>“?” marks a face that no reading is sure of. A dashed square is a camera with no face in view.</source>
        <translation>„?“ steht für ein Gesicht, bei dem keine Lesung sicher ist. Ein gestricheltes Quadrat ist eine Kamera ohne Gesicht im Bild.</translation>
    </message>
    <message>
        <source>“Change answers” in the “Help” menu shows your answers and what follows from them.</source>
        <translation>„Antworten ändern“ im Menü „Hilfe“ zeigt Ihre Antworten und was daraus folgt.</translation>
    </message>
    <message>
        <source>“Erase” removes it for good, with its CSV file and from backups; you have a few seconds to undo. Copies you saved elsewhere stay.</source>
        <translation>„Löschen“ entfernt sie endgültig, mit CSV-Datei und aus Sicherungen; einige Sekunden lang können Sie es rückgängig machen. Ihre Kopien anderswo bleiben.</translation>
    </message>
    <message>
        <source>“Leave them out” gives up the seconds that are still waiting. Everything before is kept.</source>
        <translation>„Diese auslassen“ verzichtet auf die noch wartenden Sekunden. Alles davor bleibt.</translation>
    </message>
    <message>
        <source>“Mark this moment” adds a marker where the alert was, also when you press it later.</source>
        <translation>„Diesen Moment markieren“ setzt eine Markierung dort, wo der Hinweis war, auch wenn Sie später drücken.</translation>
    </message>
    <message>
        <source>“Quiet” holds back alerts for a while.</source>
        <translation>„Ruhe“ hält Hinweise eine Weile zurück.</translation>
    </message>
    <message>
        <source>“Useful” and “Not useful” are saved with the lesson.</source>
        <translation>„Nützlich“ und „Nicht nützlich“ werden mit der Stunde gespeichert.</translation>
    </message>
    <message>
        <source>“Your lessons” lists them, and “Save or erase…” exports one as CSV for a spreadsheet. Unless you switch that off, a CSV file is also written during each session, in “FER Desktop” in your documents.</source>
        <translation>„Ihre Stunden“ zeigt sie, und „Speichern oder löschen…“ gibt eine als CSV für eine Tabelle aus. Wenn Sie das nicht abschalten, wird in jeder Sitzung auch eine CSV-Datei geschrieben, in „FER Desktop“ in Ihren Dokumenten.</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>What helps</source>
        <translation>Was hilft</translation>
    </message>
</context>
<context>
    <name>MiniStrip</name>
    <message>
        <source>Back to the window</source>
        <translation>Zurück zum Fenster</translation>
    </message>
    <message>
        <source>Expressions on faces are being read</source>
        <translation>Ausdrücke auf Gesichtern werden gelesen</translation>
    </message>
    <message>
        <source>FER Desktop: mini strip</source>
        <translation>FER Desktop: kleine Leiste</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Markierung</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation>Noch nichts gelesen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Put the strip away</source>
        <translation>Die Leiste weglegen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>The class at a glance</source>
        <translation>Die Klasse auf einen Blick</translation>
    </message>
    <message>
        <source>What others were told…</source>
        <translation>Was den anderen gesagt wurde…</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>**Expressions.** Right on this many of 100 faces, by the label of the picture: {expressions}.</source>
        <translation>**Ausdrücke.** Richtig bei so vielen von 100 Gesichtern, nach der Angabe zum Bild: {expressions}.</translation>
    </message>
    <message>
        <source>**Expressions.** Right on this many of 100 faces, by what people see in them: {expressions}.</source>
        <translation>**Ausdrücke.** Richtig bei so vielen von 100 Gesichtern, nach dem, was Menschen darin sehen: {expressions}.</translation>
    </message>
    <message>
        <source>**Poor pictures.** Right on this many of 100 faces, by what spoils them: {conditions}.</source>
        <translation>**Schlechte Bilder.** Richtig bei so vielen von 100 Gesichtern, nach dem, was sie verdirbt: {conditions}.</translation>
    </message>
    <message>
        <source>**Small faces.** How often it is right on them was not measured for this file.</source>
        <translation>**Kleine Gesichter.** Wie oft es bei ihnen richtig liegt, wurde für diese Datei nicht gemessen.</translation>
    </message>
    <message>
        <source>**Small faces.** Right on this many of 100 faces, by their height: {heights}.</source>
        <translation>**Kleine Gesichter.** Richtig bei so vielen von 100 Gesichtern, nach ihrer Höhe: {heights}.</translation>
    </message>
    <message>
        <source>**Very small faces.** With your settings, faces under {height} px are not read.</source>
        <translation>**Sehr kleine Gesichter.** Mit Ihren Einstellungen werden Gesichter unter {height} px nicht gelesen.</translation>
    </message>
    <message>
        <source>A network misreads faces that were rare in its training more often than others.</source>
        <translation>Ein Netz verliest sich öfter bei Gesichtern, die in seinem Training selten waren.</translation>
    </message>
    <message>
        <source>Decisions about anybody.</source>
        <translation>Entscheidungen über irgendjemanden.</translation>
    </message>
    <message>
        <source>Few seem to be old, and few have dark skin. Expect more mistakes on such faces.</source>
        <translation>Wenige sehen alt aus, und wenige haben dunkle Haut. Rechnen Sie bei solchen Gesichtern mit mehr Fehlern.</translation>
    </message>
    <message>
        <source>How often this network is right is not known</source>
        <translation>Wie oft dieses Netz richtig liegt, ist nicht bekannt</translation>
    </message>
    <message>
        <source>Install the program again.</source>
        <translation>Installieren Sie das Programm neu.</translation>
    </message>
    <message>
        <source>It has one output.</source>
        <translation>Es hat einen Ausgang.</translation>
    </message>
    <message>
        <source>It is NOT the file that was measured, which has the SHA-256 `{sha256}`.</source>
        <translation>Es ist NICHT die Datei, die gemessen wurde; deren SHA-256 ist `{sha256}`.</translation>
    </message>
    <message>
        <source>It is not known which file was measured.</source>
        <translation>Es ist nicht bekannt, welche Datei gemessen wurde.</translation>
    </message>
    <message>
        <source>It is not known which file was measured. The figures below may be those of another.</source>
        <translation>Es ist nicht bekannt, welche Datei gemessen wurde. Die Zahlen unten können von einer anderen sein.</translation>
    </message>
    <message>
        <source>It is the file that was measured.</source>
        <translation>Es ist die Datei, die gemessen wurde.</translation>
    </message>
    <message>
        <source>It looks at one face at a time and weighs seven expressions against each other. It says what a face shows to a stranger in one picture. It knows nothing of what anybody feels, thinks or understands.</source>
        <translation>Es sieht immer ein Gesicht an und wägt sieben Ausdrücke gegeneinander ab. Es sagt, was ein Gesicht auf einem Bild einem Fremden zeigt. Es weiß nichts davon, was jemand fühlt, denkt oder versteht.</translation>
    </message>
    <message>
        <source>It was trained on FER-2013: small grey pictures of faces, collected from the web in 2013 for a research contest. Ten people then said what they saw in each (FER+).</source>
        <translation>Es wurde mit FER-2013 trainiert: kleine graue Bilder von Gesichtern, 2013 für einen Wettbewerb der Forschung im Web gesammelt. Zehn Menschen sagten dann zu jedem, was sie darin sahen (FER+).</translation>
    </message>
    <message>
        <source>Its SHA-256 is `{sha256}`.</source>
        <translation>Ihr SHA-256 ist `{sha256}`.</translation>
    </message>
    <message>
        <source>Its file does not say. Whoever has FER-2013 in a folder DIR can measure it:</source>
        <translation>Seine Datei sagt es nicht. Wer FER-2013 in einem Ordner DIR hat, kann es messen:</translation>
    </message>
    <message>
        <source>Many of these faces are posed or acted. People in a call show less.</source>
        <translation>Viele dieser Gesichter sind gestellt oder gespielt. Menschen in einem Anruf zeigen weniger.</translation>
    </message>
    <message>
        <source>Marking, ranking or watching individual people.</source>
        <translation>Einzelne Menschen zu benoten, zu ordnen oder zu überwachen.</translation>
    </message>
    <message>
        <source>Measure it again: the technical details say how.</source>
        <translation>Messen Sie es noch einmal: wie, steht bei den technischen Einzelheiten.</translation>
    </message>
    <message>
        <source>Measured on the faces set aside for it, each with the one label that came with its picture.</source>
        <translation>Gemessen an den dafür zurückgelegten Gesichtern, jedes mit der einen Angabe, die mit dem Bild kam.</translation>
    </message>
    <message>
        <source>Measured on the faces set aside for it. Ten people looked at each; what most of them saw counts.</source>
        <translation>Gemessen an den dafür zurückgelegten Gesichtern. Zehn Menschen sahen jedes an; es gilt, was die meisten sahen.</translation>
    </message>
    <message>
        <source>Measured on {faces} faces set aside for it, each with the one label that came with its picture.</source>
        <translation>Gemessen an {faces} dafür zurückgelegten Gesichtern, jedes mit der einen Angabe, die mit dem Bild kam.</translation>
    </message>
    <message>
        <source>Measured on {faces} faces set aside for it. Ten people looked at each; what most of them saw counts.</source>
        <translation>Gemessen an {faces} dafür zurückgelegten Gesichtern. Zehn Menschen sahen jedes an; es gilt, was die meisten sahen.</translation>
    </message>
    <message>
        <source>Of 100 faces, it agrees with the picture&apos;s label on {rate}</source>
        <translation>Von 100 Gesichtern stimmt es mit der Angabe zum Bild überein bei {rate}</translation>
    </message>
    <message>
        <source>Of 100 faces, people agree with it on {rate}</source>
        <translation>Von 100 Gesichtern stimmen ihm Menschen zu bei {rate}</translation>
    </message>
    <message>
        <source>Output in use: `{name}`</source>
        <translation>Benutzter Ausgang: `{name}`</translation>
    </message>
    <message>
        <source>People disagree about faces too: the contest&apos;s own labels and those ten people name the same expression on only two faces in three.</source>
        <translation>Auch Menschen sind sich bei Gesichtern uneins: die Angaben des Wettbewerbs und jene zehn Menschen nennen nur bei zwei von drei Gesichtern denselben Ausdruck.</translation>
    </message>
    <message>
        <source>Teaching or work in the EU and EEA, where the law forbids it.</source>
        <translation>Unterricht oder Arbeit in der EU und im EWR, wo das Gesetz es verbietet.</translation>
    </message>
    <message>
        <source>The file in use</source>
        <translation>Die benutzte Datei</translation>
    </message>
    <message>
        <source>The percentages it gives are rough: on average they are off by {points}.</source>
        <translation>Die Prozentzahlen sind grob: im Schnitt liegen sie um {points} daneben.</translation>
    </message>
    <message>
        <source>The percentages it gives can be taken at their word: on average they are off by {points}.</source>
        <translation>Die Prozentzahlen können Sie wörtlich nehmen: im Schnitt liegen sie um {points} daneben.</translation>
    </message>
    <message>
        <source>The pictures carry no licence. They are meant for research.</source>
        <translation>Die Bilder haben keine Lizenz. Sie sind für die Forschung gedacht.</translation>
    </message>
    <message>
        <source>They also helped to choose the network, so the figure may be a little too good.</source>
        <translation>Sie halfen auch, das Netz auszuwählen, deshalb ist die Zahl vielleicht etwas zu gut.</translation>
    </message>
    <message>
        <source>This file is not the one that was measured. The figures below may not hold for it.</source>
        <translation>Diese Datei ist nicht die, die gemessen wurde. Die Zahlen unten gelten vielleicht nicht für sie.</translation>
    </message>
    <message>
        <source>To measure it again, DIR being a folder with FER-2013:</source>
        <translation>Um es noch einmal zu messen, mit DIR als Ordner mit FER-2013:</translation>
    </message>
    <message>
        <source>Turned away from the camera is aside, up or down, as to a desk or a phone. It is what is seen, and says nothing of where somebody’s mind is.</source>
        <translation>Von der Kamera abgewandt heißt: zur Seite, nach oben oder nach unten, etwa auf den Tisch oder ein Telefon. Das ist, was zu sehen ist. Wo jemand mit den Gedanken ist, sagt es nicht.</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was es tut</translation>
    </message>
    <message>
        <source>What it must not be used for</source>
        <translation>Wofür es nicht benutzt werden darf</translation>
    </message>
    <message>
        <source>What it was trained on</source>
        <translation>Womit es trainiert wurde</translation>
    </message>
    <message>
        <source>Where it is weaker</source>
        <translation>Wo es schwächer ist</translation>
    </message>
    <message>
        <source>Where no expression reaches {share} %, the program says that it is not sure. Faces that are too small, dark, blurred or turned away are not read at all.</source>
        <translation>Wo kein Ausdruck {share}&#xa0;% erreicht, sagt das Programm, dass es unsicher ist. Gesichter, die zu klein, dunkel, unscharf oder abgewandt sind, werden gar nicht gelesen.</translation>
    </message>
    <message>
        <source>Which pictures it was trained on, and whom they show, is not known here. Ask whoever made it.</source>
        <translation>Mit welchen Bildern es trainiert wurde und wen sie zeigen, ist hier nicht bekannt. Fragen Sie den, der es gemacht hat.</translation>
    </message>
    <message>
        <source>almost dark</source>
        <translation>fast dunkel</translation>
    </message>
    <message>
        <source>blocky</source>
        <translation>verpixelt</translation>
    </message>
    <message>
        <source>in dim light</source>
        <translation>bei schwachem Licht</translation>
    </message>
    <message>
        <source>slightly blurred</source>
        <translation>etwas unscharf</translation>
    </message>
    <message>
        <source>very blocky</source>
        <translation>stark verpixelt</translation>
    </message>
    <message>
        <source>very blurred</source>
        <translation>stark unscharf</translation>
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
        <translation>Über das Modell</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Reading the card of the model</source>
        <translation>Die Karte des Modells wird gelesen</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>Technische Einzelheiten</translation>
    </message>
</context>
<context>
    <name>ModelFileField</name>
    <message>
        <source>0 and 1</source>
        <translation>0 und 1</translation>
    </message>
    <message>
        <source>0 and 255</source>
        <translation>0 und 255</translation>
    </message>
    <message>
        <source>Another order</source>
        <translation>Eine andere Reihenfolge</translation>
    </message>
    <message>
        <source>Black and white are</source>
        <translation>Schwarz und Weiß sind</translation>
    </message>
    <message>
        <source>By alphabet, as Keras sorts folders: {classes}</source>
        <translation>Nach dem Alphabet, wie Keras Ordner sortiert: {classes}</translation>
    </message>
    <message>
        <source>Colour (RGB)</source>
        <translation>Farbe (RGB)</translation>
    </message>
    <message>
        <source>FER-2013&apos;s: {classes}</source>
        <translation>Die von FER-2013: {classes}</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>It sees faces in</source>
        <translation>Es sieht Gesichter in</translation>
    </message>
    <message>
        <source>Its classes, in order</source>
        <translation>Seine Klassen, der Reihe nach</translation>
    </message>
    <message>
        <source>Networks (*.tflite *.keras)</source>
        <translation>Netze (*.tflite *.keras)</translation>
    </message>
    <message>
        <source>Order of the classes</source>
        <translation>Reihenfolge der Klassen</translation>
    </message>
    <message>
        <source>Own network</source>
        <translation>Eigenes Netz</translation>
    </message>
    <message>
        <source>Please choose</source>
        <translation>Bitte wählen</translation>
    </message>
    <message>
        <source>Reading the network</source>
        <translation>Das Netz wird gelesen</translation>
    </message>
    <message>
        <source>Say in which order the network gives the seven classes, each once.</source>
        <translation>Sagen Sie, in welcher Reihenfolge das Netz die sieben Klassen gibt, jede einmal.</translation>
    </message>
    <message>
        <source>Say whether the network sees faces in grey or in colour.</source>
        <translation>Sagen Sie, ob das Netz Gesichter in Grau oder in Farbe sieht.</translation>
    </message>
    <message>
        <source>Say which numbers the network takes for black and for white.</source>
        <translation>Sagen Sie, welche Zahlen das Netz für Schwarz und für Weiß nimmt.</translation>
    </message>
    <message>
        <source>This file does not say what its seven outputs mean. Please tell:</source>
        <translation>Diese Datei sagt nicht, was ihre sieben Ausgaben bedeuten. Bitte sagen Sie es:</translation>
    </message>
    <message>
        <source>This network fits.</source>
        <translation>Dieses Netz passt.</translation>
    </message>
    <message>
        <source>−1 and 1</source>
        <translation>−1 und 1</translation>
    </message>
</context>
<context>
    <name>Moments</name>
    <message>
        <source>Choose a moment in the lesson first, then name it (M)</source>
        <translation>Wählen Sie zuerst einen Moment der Stunde, dann benennen Sie ihn (M)</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Markieren</translation>
    </message>
    <message>
        <source>Moments</source>
        <translation>Momente</translation>
    </message>
    <message>
        <source>Name the chosen moment (M)</source>
        <translation>Den gewählten Moment benennen (M)</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the chosen marker (Delete)</source>
        <translation>Die gewählte Markierung entfernen (Entf)</translation>
    </message>
    <message>
        <source>Removed: {name}</source>
        <translation>Entfernt: {name}</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Type another name for the chosen marker (F2)</source>
        <translation>Der gewählten Markierung einen anderen Namen geben (F2)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>MomentsModel</name>
    <message>
        <source>Alert</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>Lücke</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Markierung</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>{kind}: {text}</source>
        <comment>a kind of moment, and what it was</comment>
        <translation>{kind}: {text}</translation>
    </message>
    <message>
        <source>{why}, for {length}</source>
        <comment>why a lesson was not seen, and for how long</comment>
        <translation>{why}, {length} lang</translation>
    </message>
</context>
<context>
    <name>MomentsTable</name>
    <message>
        <source>Moments</source>
        <translation>Momente</translation>
    </message>
    <message>
        <source>Nothing was marked, and nothing changed by more than chance.</source>
        <translation>Nichts wurde markiert, und nichts hat sich mehr als zufällig geändert.</translation>
    </message>
</context>
<context>
    <name>Name</name>
    <message>
        <source>Name of the lesson</source>
        <translation>Name der Stunde</translation>
    </message>
    <message>
        <source>Rename the lesson</source>
        <translation>Stunde umbenennen</translation>
    </message>
    <message>
        <source>Rename the lesson (F2)</source>
        <translation>Stunde umbenennen (F2)</translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message>
        <source>Not saved</source>
        <translation>Nicht gespeichert</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>What you want to remember of this lesson. Name no student.</source>
        <translation>Was Sie von dieser Stunde behalten wollen. Nennen Sie keine Schülerin und keinen Schüler.</translation>
    </message>
    <message>
        <source>Your notes</source>
        <translation>Ihre Notizen</translation>
    </message>
</context>
<context>
    <name>NothingFound</name>
    <message>
        <source>Names, classes and what markers say are searched. Fewer letters find more.</source>
        <translation>Gesucht wird in Namen, Klassen und dem Text der Markierungen. Weniger Buchstaben finden mehr.</translation>
    </message>
    <message>
        <source>No lesson matches “{text}”</source>
        <translation>Keine Stunde passt zu „{text}“</translation>
    </message>
    <message>
        <source>Show all lessons</source>
        <translation>Alle Stunden zeigen</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>In this call I use a program on my computer that guesses, from faces, roughly how many of us look neutral, smile, or look sad, afraid or angry. It shows me counts of the whole class and whether they change. It is often wrong, and it does not know what anybody feels. It keeps counts only: no pictures, nothing about single people, and nothing leaves my computer. Nobody is graded, judged or disciplined by it. If you do not want to be read, write to me or switch your camera off: I leave you out, and you need not say why.</source>
        <translation>In diesem Anruf nutze ich ein Programm auf meinem Computer, das aus Gesichtern rät, wie viele von uns etwa neutral wirken, lächeln oder traurig, ängstlich oder wütend wirken. Es zeigt mir Zahlen der ganzen Klasse und ob sie sich ändern. Es irrt sich oft, und es weiß nicht, was jemand fühlt. Es bewahrt nur Zahlen auf: keine Bilder, nichts über Einzelne, und nichts verlässt meinen Computer. Niemand wird danach benotet, beurteilt oder bestraft. Wer nicht gelesen werden will, schreibt mir oder schaltet die Kamera aus: dann lasse ich ihn aus, und niemand muss sagen, warum.</translation>
    </message>
</context>
<context>
    <name>NoticeCard</name>
    <message>
        <source>Copied: paste it into the call&apos;s chat.</source>
        <translation>Kopiert: fügen Sie es in den Chat des Anrufs ein.</translation>
    </message>
    <message>
        <source>Copy the text</source>
        <translation>Text kopieren</translation>
    </message>
</context>
<context>
    <name>NoticePopover</name>
    <message>
        <source>What others were told</source>
        <translation>Was den anderen gesagt wurde</translation>
    </message>
</context>
<context>
    <name>Objection</name>
    <message>
        <source>End and erase</source>
        <translation>Beenden und löschen</translation>
    </message>
    <message>
        <source>Erase the lesson…</source>
        <translation>Stunde löschen…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Left out from now on. The seconds before hold figures of the class, and none of a person.</source>
        <translation>Ab jetzt ausgelassen. Die Sekunden davor enthalten Zahlen der Klasse und keine einer Person.</translation>
    </message>
    <message>
        <source>New lesson</source>
        <translation>Neue Stunde</translation>
    </message>
    <message>
        <source>The lesson ends now and is erased, with all of its figures.</source>
        <translation>Die Stunde endet jetzt und wird gelöscht, mit allen Zahlen.</translation>
    </message>
    <message>
        <source>The lesson was ended.</source>
        <translation>Die Stunde wurde beendet.</translation>
    </message>
</context>
<context>
    <name>OwnEnd</name>
    <message>
        <source>Nobody has been in sight for 15 minutes. The lesson ends in a minute.</source>
        <translation>Seit 15 Minuten war niemand zu sehen. Die Stunde endet in einer Minute.</translation>
    </message>
    <message>
        <source>The call’s window has been gone for 5 minutes. The lesson ends in a minute.</source>
        <translation>Das Fenster des Anrufs ist seit 5 Minuten weg. Die Stunde endet in einer Minute.</translation>
    </message>
</context>
<context>
    <name>OwnRecording</name>
    <message>
        <source>A recording of yourself</source>
        <translation>Eine Aufnahme von Ihnen selbst</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>I alone am seen in it</source>
        <translation>Nur ich bin darin zu sehen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Recordings of others stay off with your answers. One in which you alone are seen can be opened: you say so here, each time.</source>
        <translation>Aufnahmen von anderen bleiben mit Ihren Antworten aus. Eine, in der nur Sie zu sehen sind, lässt sich öffnen: das sagen Sie hier jedes Mal.</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
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
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Play the lesson, or pause it (Space)</source>
        <translation>Die Stunde abspielen oder anhalten (Leertaste)</translation>
    </message>
    <message>
        <source>Show the sentence of the whole lesson again</source>
        <translation>Wieder den Satz der ganzen Stunde zeigen</translation>
    </message>
    <message>
        <source>The whole lesson</source>
        <translation>Die ganze Stunde</translation>
    </message>
    <message>
        <source>Whole lesson</source>
        <translation>Ganze Stunde</translation>
    </message>
    <message>
        <source>{moment} of {length}</source>
        <comment>a moment of a lesson, and how long that is</comment>
        <translation>{moment} von {length}</translation>
    </message>
    <message>
        <source>{speed} times as fast as it was</source>
        <translation>{speed}-mal so schnell, wie es war</translation>
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
        <translation>Überspringen</translation>
    </message>
</context>
<context>
    <name>ReadCard</name>
    <message>
        <source>Click your own tile then: it is left out, and counts nowhere</source>
        <translation>Klicken Sie dann Ihre eigene Kachel an: sie wird ausgelassen und zählt nirgends</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Show or hide what is read (Ctrl+L)</source>
        <translation>Zeigen oder ausblenden, was gelesen wird (Strg+L)</translation>
    </message>
    <message>
        <source>This is me…</source>
        <translation>Das bin ich…</translation>
    </message>
    <message>
        <source>What is read</source>
        <translation>Gelesen wird</translation>
    </message>
    <message>
        <source>What was read</source>
        <translation>Was gelesen wurde</translation>
    </message>
</context>
<context>
    <name>Reading</name>
    <message>
        <source>All of it is read. It is one of your lessons now.</source>
        <translation>Alles ist gelesen. Sie ist jetzt eine Ihrer Stunden.</translation>
    </message>
    <message>
        <source>It could not be read to its end.</source>
        <translation>Sie konnte nicht bis zum Ende gelesen werden.</translation>
    </message>
    <message>
        <source>Stopped at {moment}. Drop the same recording once more to go on from there.</source>
        <translation>Angehalten bei {moment}. Ziehen Sie dieselbe Aufnahme noch einmal hierher, um dort weiterzumachen.</translation>
    </message>
    <message>
        <source>This recording is one of your lessons already.</source>
        <translation>Diese Aufnahme ist schon eine Ihrer Stunden.</translation>
    </message>
</context>
<context>
    <name>ReadingPage</name>
    <message>
        <source>A moment of the recording</source>
        <translation>Ein Moment der Aufnahme</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Drag to a moment that is read: the chart says what faces showed there</source>
        <translation>Ziehen Sie zu einem gelesenen Moment: Das Diagramm sagt, was Gesichter dort zeigten</translation>
    </message>
    <message>
        <source>How far the recording is read</source>
        <translation>Wie weit die Aufnahme gelesen ist</translation>
    </message>
    <message>
        <source>The recording is looked through before it is read.</source>
        <translation>Die Aufnahme wird durchgesehen, bevor sie gelesen wird.</translation>
    </message>
    <message>
        <source>Your lessons</source>
        <translation>Ihre Stunden</translation>
    </message>
    <message>
        <source>{done} of {length} read</source>
        <translation>{done} von {length} gelesen</translation>
    </message>
    <message>
        <source>{done} read</source>
        <translation>{done} gelesen</translation>
    </message>
    <message>
        <source>{moment} of {length}</source>
        <translation>{moment} von {length}</translation>
    </message>
    <message>
        <source>{progress} · about {left} left</source>
        <translation>{progress} · noch etwa {left}</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>another face</source>
        <translation>anderes Gesicht</translation>
    </message>
    <message>
        <source>blurred</source>
        <translation>unscharf</translation>
    </message>
    <message>
        <source>covered</source>
        <translation>verdeckt</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>eingefroren</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>geteilter Inhalt</translation>
    </message>
    <message>
        <source>still picture</source>
        <translation>Standbild</translation>
    </message>
    <message>
        <source>tilted</source>
        <translation>geneigt</translation>
    </message>
    <message>
        <source>too bright</source>
        <translation>zu hell</translation>
    </message>
    <message>
        <source>too dark</source>
        <translation>zu dunkel</translation>
    </message>
    <message>
        <source>too small</source>
        <translation>zu klein</translation>
    </message>
    <message>
        <source>turned away</source>
        <translation>abgewandt</translation>
    </message>
    <message>
        <source>unclear</source>
        <translation>unklar</translation>
    </message>
</context>
<context>
    <name>RecordingTurn</name>
    <message>
        <source>FER Desktop (not recording)</source>
        <translation>FER Desktop (ohne Aufzeichnung)</translation>
    </message>
</context>
<context>
    <name>RegionBar</name>
    <message>
        <source>A region is at least {least} × {least} px.</source>
        <translation>Ein Bereich hat mindestens {least} × {least} px.</translation>
    </message>
    <message>
        <source>An arrow key starts in the middle, Esc cancels.</source>
        <translation>Eine Pfeiltaste beginnt in der Mitte, Esc bricht ab.</translation>
    </message>
    <message>
        <source>Arrows move it, {key}+arrows resize it, Enter uses it.</source>
        <translation>Pfeile verschieben, {key}+Pfeile ändern die Größe, Enter übernimmt.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Drag a rectangle around the faces.</source>
        <translation>Ziehen Sie ein Rechteck um die Gesichter.</translation>
    </message>
    <message>
        <source>Drag its edges to adjust it.</source>
        <translation>Ziehen Sie die Ränder zurecht.</translation>
    </message>
    <message>
        <source>Drag its edges to enlarge it, Esc cancels.</source>
        <translation>Ziehen Sie die Ränder größer, Esc bricht ab.</translation>
    </message>
    <message>
        <source>Option</source>
        <translation>Option</translation>
    </message>
    <message>
        <source>Use this region</source>
        <translation>Diesen Bereich nehmen</translation>
    </message>
</context>
<context>
    <name>RegionOverlay</name>
    <message>
        <source>The screen cannot be shown because of a fault in the program; choose another source.</source>
        <translation>Wegen eines Fehlers im Programm lässt sich der Bildschirm nicht zeigen; wählen Sie eine andere Quelle.</translation>
    </message>
</context>
<context>
    <name>RegionWindow</name>
    <message>
        <source>Choose a screen region</source>
        <translation>Einen Bereich des Bildschirms wählen</translation>
    </message>
    <message>
        <source>Screen region</source>
        <translation>Bereich des Bildschirms</translation>
    </message>
    <message>
        <source>{width} by {height} pixels, {left} from the left, {top} from the top</source>
        <translation>{width} mal {height} Pixel, {left} von links, {top} von oben</translation>
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
            <numerusform>%n Stunde wurde hinzugefügt.</numerusform>
            <numerusform>%n Stunden wurden hinzugefügt.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 lesson was added.</source>
        <translation>1 Stunde wurde hinzugefügt.</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Sicherung</translation>
    </message>
    <message>
        <source>Backups (*.db)</source>
        <translation>Sicherungen (*.db)</translation>
    </message>
    <message>
        <source>Here already: {count}.</source>
        <translation>Schon da: {count}.</translation>
    </message>
    <message>
        <source>Lessons of the backup that are not here are added. Those that are here stay as they are.</source>
        <translation>Stunden der Sicherung, die hier fehlen, werden hinzugefügt. Die hier sind, bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>None was added.</source>
        <translation>Keine wurde hinzugefügt.</translation>
    </message>
    <message>
        <source>Older than lessons are kept, and erased at the next start unless you choose longer in the settings: {count}.</source>
        <translation>Älter, als Stunden behalten werden, und beim nächsten Start gelöscht, wenn Sie in den Einstellungen nicht länger wählen: {count}.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Restore lessons</source>
        <translation>Stunden wiederherstellen</translation>
    </message>
    <message>
        <source>Restoring…</source>
        <translation>Wird wiederhergestellt…</translation>
    </message>
</context>
<context>
    <name>RetentionLine</name>
    <message numerus="yes">
        <source>%n lessons will be erased with their CSV files when the next one begins or the program starts.</source>
        <translation>
            <numerusform>%n Stunde wird mit ihrer CSV-Datei gelöscht, wenn die nächste beginnt oder das Programm startet.</numerusform>
            <numerusform>%n Stunden werden mit ihren CSV-Dateien gelöscht, wenn die nächste beginnt oder das Programm startet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lessons will be erased within the next 7 days, with their CSV files, the first {day}.</source>
        <translation>
            <numerusform>%n Stunde wird in den nächsten 7 Tagen mit ihrer CSV-Datei gelöscht: {day}.</numerusform>
            <numerusform>%n Stunden werden in den nächsten 7 Tagen mit ihren CSV-Dateien gelöscht, die erste: {day}.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 lesson will be erased with its CSV file when the next one begins or the program starts.</source>
        <translation>1 Stunde wird mit ihrer CSV-Datei gelöscht, wenn die nächste beginnt oder das Programm startet.</translation>
    </message>
    <message>
        <source>1 lesson will be erased within the next 7 days, with its CSV file: {day}.</source>
        <translation>1 Stunde wird in den nächsten 7 Tagen mit ihrer CSV-Datei gelöscht: {day}.</translation>
    </message>
    <message>
        <source>Each will be erased then, with its CSV file.</source>
        <translation>Jede wird dann gelöscht, mit ihrer CSV-Datei.</translation>
    </message>
    <message>
        <source>No lesson will be erased by itself.</source>
        <translation>Keine Stunde wird von selbst gelöscht.</translation>
    </message>
    <message>
        <source>The oldest lesson will be erased on {day}, with its CSV file.</source>
        <translation>Die älteste Stunde wird mit ihrer CSV-Datei gelöscht: {day}.</translation>
    </message>
    <message>
        <source>They are on a network drive: let one computer at a time record.</source>
        <translation>Sie liegen auf einem Netzlaufwerk: Nehmen Sie nur mit einem Computer zugleich auf.</translation>
    </message>
</context>
<context>
    <name>SavedDialog</name>
    <message>
        <source>&amp;Back up all…</source>
        <translation>Alle &amp;sichern…</translation>
    </message>
    <message>
        <source>&amp;Compare…</source>
        <translation>&amp;Vergleichen…</translation>
    </message>
    <message>
        <source>&amp;Erase</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;Erase its text</source>
        <translation>Ihren T&amp;ext löschen</translation>
    </message>
    <message>
        <source>&amp;Import a CSV…</source>
        <translation>CSV &amp;einlesen…</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>&amp;Mehr</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Restore…</source>
        <translation>&amp;Wiederherstellen…</translation>
    </message>
    <message>
        <source>&amp;Save a copy…</source>
        <translation>&amp;Kopie speichern…</translation>
    </message>
    <message>
        <source>A lesson is being recorded: stop it first.</source>
        <translation>Eine Stunde wird gerade aufgezeichnet: beenden Sie sie zuerst.</translation>
    </message>
    <message>
        <source>A lesson is running: stop it first.</source>
        <translation>Eine Stunde läuft: beenden Sie sie zuerst.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Erase all lessons?</source>
        <translation>Alle Stunden löschen?</translation>
    </message>
    <message>
        <source>Erase everything</source>
        <translation>Alles löschen</translation>
    </message>
    <message>
        <source>Erase everything…</source>
        <translation>Alles löschen…</translation>
    </message>
    <message>
        <source>Figures of the class, second by second, and what your markers say. No picture.</source>
        <translation>Zahlen der Klasse, Sekunde für Sekunde, und was Ihre Markierungen sagen. Kein Bild.</translation>
    </message>
    <message>
        <source>No lesson is saved.</source>
        <translation>Keine Stunde ist gespeichert.</translation>
    </message>
    <message>
        <source>Saved lessons</source>
        <translation>Ihre Stunden</translation>
    </message>
    <message>
        <source>This lesson is being recorded: stop it first.</source>
        <translation>Diese Stunde wird gerade aufgezeichnet: beenden Sie sie zuerst.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>With their CSV files, as far as these are where they were written, and all backups. You can undo it for {seconds} seconds.</source>
        <translation>Mit ihren CSV-Dateien, soweit diese dort liegen, wo sie geschrieben wurden, und allen Sicherungen. {seconds} Sekunden lang können Sie es rückgängig machen.</translation>
    </message>
</context>
<context>
    <name>SavedFlow</name>
    <message numerus="yes">
        <source>%n lessons were erased: they were kept for {days} days.</source>
        <translation>
            <numerusform>%n Stunde wurde gelöscht: sie wurde {days} Tage aufbewahrt.</numerusform>
            <numerusform>%n Stunden wurden gelöscht: sie wurden {days} Tage aufbewahrt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lessons were erased: they were kept until the next start.</source>
        <translation>
            <numerusform>%n Stunde wurde gelöscht: sie wurde bis zum nächsten Start aufbewahrt.</numerusform>
            <numerusform>%n Stunden wurden gelöscht: sie wurden bis zum nächsten Start aufbewahrt.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 lesson was erased: it was kept for {days} days.</source>
        <translation>1 Stunde wurde gelöscht: sie wurde {days} Tage aufbewahrt.</translation>
    </message>
    <message>
        <source>1 lesson was erased: it was kept until the next start.</source>
        <translation>1 Stunde wurde gelöscht: sie wurde bis zum nächsten Start aufbewahrt.</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>Kopie speichern…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>{offer} One of {count}.</source>
        <translation>{offer} Eine von {count}.</translation>
    </message>
</context>
<context>
    <name>SavedList</name>
    <message>
        <source>Kept until</source>
        <translation>Bleibt bis</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Stunde</translation>
    </message>
    <message>
        <source>Saved lessons</source>
        <translation>Gespeicherte Stunden</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>after {length}</source>
        <translation>nach {length}</translation>
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
        <translation>Eine Kopie, die Sie gespeichert haben, bleibt: {file}</translation>
    </message>
    <message>
        <source>All lessons are erased.</source>
        <translation>Alle Stunden sind gelöscht.</translation>
    </message>
    <message>
        <source>Kept with your lessons until {day}.</source>
        <translation>Bleibt bei Ihren Stunden bis {day}.</translation>
    </message>
    <message>
        <source>No figures of this lesson are left here. Its CSV file is {file}</source>
        <translation>Hier sind keine Zahlen dieser Stunde mehr. Ihre CSV-Datei ist {file}</translation>
    </message>
    <message>
        <source>No figures of this lesson are left.</source>
        <translation>Von dieser Stunde sind keine Zahlen mehr da.</translation>
    </message>
    <message>
        <source>The lesson of {day} was erased. Its CSV file was moved or changed: erase it yourself if you want to: {file}</source>
        <comment>day is a date, or a word such as today</comment>
        <translation>Die Stunde ({day}) wurde gelöscht. Ihre CSV-Datei wurde verschoben oder geändert: löschen Sie sie selbst, wenn Sie wollen: {file}</translation>
    </message>
    <message>
        <source>The marker&apos;s text is still in {file}</source>
        <translation>Der Text der Markierung steht noch in {file}</translation>
    </message>
    <message>
        <source>What the marker says is erased.</source>
        <translation>Was die Markierung sagt, ist gelöscht.</translation>
    </message>
    <message>
        <source>ended unexpectedly</source>
        <translation>unerwartet beendet</translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>für immer</translation>
    </message>
    <message>
        <source>no figures</source>
        <translation>keine Zahlen</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>wird aufgezeichnet</translation>
    </message>
    <message>
        <source>the next lesson or start</source>
        <translation>nächste Stunde oder Start</translation>
    </message>
    <message>
        <source>{count} lessons are erased.</source>
        <translation>{count} Stunden sind gelöscht.</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <comment>day and time</comment>
        <translation>{day}, {time}</translation>
    </message>
    <message>
        <source>“{before}” is called “{after}” from now on.</source>
        <translation>„{before}“ heißt ab jetzt „{after}“.</translation>
    </message>
    <message>
        <source>“{name}” ended unexpectedly {day} at {time}.
Its first {length} were saved, up to the second before.</source>
        <comment>day is a word such as today, or a date</comment>
        <translation>„{name}“ endete unerwartet ({day}, {time}).
Die ersten {length} wurden gespeichert, bis zur Sekunde davor.</translation>
    </message>
    <message>
        <source>“{name}” ended unexpectedly.</source>
        <translation>„{name}“ endete unerwartet.</translation>
    </message>
    <message>
        <source>“{name}” is erased.</source>
        <translation>„{name}“ ist gelöscht.</translation>
    </message>
    <message>
        <source>“{name}” is of no class now.</source>
        <translation>„{name}“ gehört jetzt zu keiner Klasse.</translation>
    </message>
    <message>
        <source>“{name}” is of the class “{class_name}” now.</source>
        <translation>„{name}“ gehört jetzt zur Klasse „{class_name}“.</translation>
    </message>
</context>
<context>
    <name>SeatPane</name>
    <message>
        <source>Else they are gone when the lesson ends. Kept ones are offered as you type; whose they are is not kept.</source>
        <translation>Sonst sind sie weg, wenn die Stunde endet. Behaltene werden beim Tippen angeboten; wessen sie sind, bleibt nicht.</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Keep the aliases for 7 days</source>
        <translation>Spitznamen 7 Tage behalten</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>Plätze</translation>
    </message>
    <message>
        <source>Show or hide the seats (Ctrl+T)</source>
        <translation>Plätze zeigen oder ausblenden (Strg+T)</translation>
    </message>
    <message>
        <source>What is seen of each camera now, never an expression. Nothing of it is kept, and it may be wrong.</source>
        <translation>Was jetzt von jeder Kamera zu sehen ist, nie ein Ausdruck. Nichts davon wird aufbewahrt, und es kann falsch sein.</translation>
    </message>
</context>
<context>
    <name>SeatSelection</name>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Bring everybody back</source>
        <translation>Alle zurückholen</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>This is me</source>
        <translation>Das bin ich</translation>
    </message>
    <message>
        <source>camera off</source>
        <translation>Kamera aus</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>you</source>
        <comment>the user&apos;s own tile</comment>
        <translation>Sie</translation>
    </message>
    <message>
        <source>{target}; Space brings it back</source>
        <translation>{target}; Leertaste holt es zurück</translation>
    </message>
    <message>
        <source>{target}; Space leaves it out</source>
        <translation>{target}; Leertaste lässt es aus</translation>
    </message>
    <message>
        <source>{target}; Space says that this is you</source>
        <translation>{target}; Leertaste sagt, dass Sie das sind</translation>
    </message>
</context>
<context>
    <name>SeatTable</name>
    <message>
        <source>Alias…</source>
        <translation>Spitzname…</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Nobody is seen yet</source>
        <translation>Noch ist niemand zu sehen</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>Plätze</translation>
    </message>
    <message>
        <source>Space leaves out or brings back, F2 gives an alias</source>
        <translation>Leertaste lässt aus oder holt zurück, F2 gibt einen Spitznamen</translation>
    </message>
    <message>
        <source>This is me</source>
        <translation>Das bin ich</translation>
    </message>
</context>
<context>
    <name>SeatTableModel</name>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Seat</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>{seat}. F2 gives it an alias</source>
        <translation>{seat}. F2 gibt einen Spitznamen</translation>
    </message>
</context>
<context>
    <name>Seats</name>
    <message>
        <source>Counts of the class from {least} faces on</source>
        <translation>Zahlen der Klasse ab {least} Gesichtern</translation>
    </message>
    <message>
        <source>Has left</source>
        <translation>Gegangen</translation>
    </message>
    <message>
        <source>In view</source>
        <translation>Im Bild</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>No, blurred</source>
        <translation>Nein, unscharf</translation>
    </message>
    <message>
        <source>No, covered</source>
        <translation>Nein, verdeckt</translation>
    </message>
    <message>
        <source>No, hard to see</source>
        <translation>Nein, undeutlich</translation>
    </message>
    <message>
        <source>No, stands still</source>
        <translation>Nein, steht still</translation>
    </message>
    <message>
        <source>No, tilted</source>
        <translation>Nein, geneigt</translation>
    </message>
    <message>
        <source>No, too bright</source>
        <translation>Nein, zu hell</translation>
    </message>
    <message>
        <source>No, too dark</source>
        <translation>Nein, zu dunkel</translation>
    </message>
    <message>
        <source>No, too small</source>
        <translation>Nein, zu klein</translation>
    </message>
    <message>
        <source>No, turned away</source>
        <translation>Nein, abgewandt</translation>
    </message>
    <message>
        <source>Not in view</source>
        <translation>Nicht im Bild</translation>
    </message>
    <message>
        <source>Not shown</source>
        <translation>Nicht gezeigt</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>On</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Seat {seat}</source>
        <translation>Platz {seat}</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>camera: {state}</source>
        <translation>Kamera: {state}</translation>
    </message>
    <message>
        <source>for {length}</source>
        <translation>seit {length}</translation>
    </message>
    <message>
        <source>read: {state}</source>
        <translation>gelesen: {state}</translation>
    </message>
    <message>
        <source>since before the seat view was opened</source>
        <translation>schon bevor die Platzansicht geöffnet wurde</translation>
    </message>
    <message>
        <source>since {moment}</source>
        <translation>seit {moment}</translation>
    </message>
    <message>
        <source>you</source>
        <translation>Sie</translation>
    </message>
</context>
<context>
    <name>SecondWindow</name>
    <message>
        <source>&amp;Go on without recording</source>
        <translation>&amp;Ohne Aufzeichnung weiter</translation>
    </message>
    <message>
        <source>&amp;Show the other window</source>
        <translation>Das andere Fenster &amp;zeigen</translation>
    </message>
    <message>
        <source>FER Desktop is open already</source>
        <translation>FER Desktop ist schon offen</translation>
    </message>
    <message>
        <source>One window at a time records. You can look at a class in a second one, but nothing of it is kept as long as the first is open.</source>
        <translation>Nur ein Fenster zeichnet auf. In einem zweiten können Sie eine Klasse ansehen, aber nichts davon bleibt, solange das erste offen ist.</translation>
    </message>
    <message>
        <source>The other window does not answer. It may be busy: try once more, or go on without recording.</source>
        <translation>Das andere Fenster antwortet nicht. Vielleicht ist es beschäftigt: versuchen Sie es noch einmal, oder machen Sie ohne Aufzeichnung weiter.</translation>
    </message>
</context>
<context>
    <name>SessionMessages</name>
    <message>
        <source>Copy the path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>End now</source>
        <translation>Jetzt beenden</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>Diese auslassen</translation>
    </message>
    <message>
        <source>New lesson</source>
        <translation>Neue Stunde</translation>
    </message>
    <message>
        <source>No program here can show a folder. The file is {path}</source>
        <translation>Kein Programm hier kann einen Ordner zeigen. Die Datei ist {path}</translation>
    </message>
    <message>
        <source>Nothing is recorded in this window: the other one does that.</source>
        <translation>In diesem Fenster wird nichts aufgezeichnet: das tut das andere.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open this lesson</source>
        <translation>Diese Stunde öffnen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Saved lessons…</source>
        <translation>Gespeicherte Stunden…</translation>
    </message>
    <message>
        <source>Saved to {path}</source>
        <translation>Gespeichert: {path}</translation>
    </message>
    <message>
        <source>The lesson is erased.</source>
        <translation>Die Stunde ist gelöscht.</translation>
    </message>
    <message>
        <source>The session is over. Nothing of it was recorded.</source>
        <translation>Die Sitzung ist zu Ende. Nichts davon wurde aufgezeichnet.</translation>
    </message>
    <message>
        <source>The session is saved with your lessons.</source>
        <translation>Die Sitzung ist bei Ihren Stunden gespeichert.</translation>
    </message>
    <message>
        <source>This session is not recorded. The next one is.</source>
        <translation>Diese Sitzung wird nicht aufgezeichnet. Die nächste schon.</translation>
    </message>
    <message>
        <source>This window covers a part of what is read, and that part is left out: move it aside.</source>
        <translation>Dieses Fenster verdeckt einen Teil dessen, was gelesen wird, und dieser Teil fehlt: schieben Sie es zur Seite.</translation>
    </message>
    <message numerus="yes">
        <source>{problem} %n seconds wait to be saved.</source>
        <translation>
            <numerusform>{problem} %n Sekunde ist noch nicht gespeichert.</numerusform>
            <numerusform>{problem} %n Sekunden sind noch nicht gespeichert.</numerusform>
        </translation>
    </message>
    <message>
        <source>{problem} 1 second waits to be saved.</source>
        <translation>{problem} 1 Sekunde ist noch nicht gespeichert.</translation>
    </message>
    <message>
        <source>{problem} The session goes on, and what is not saved waits in memory.</source>
        <translation>{problem} Die Sitzung geht weiter, und was nicht gespeichert ist, wartet im Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>{reason} What came before is saved to {path}</source>
        <translation>{reason} Was davor kam, ist gespeichert: {path}</translation>
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
        <translation>Das Modell wird geladen</translation>
    </message>
    <message>
        <source>Nothing is read until you resume.</source>
        <translation>Bis Sie weitermachen, wird nichts gelesen.</translation>
    </message>
    <message>
        <source>Opening the source</source>
        <translation>Die Quelle wird geöffnet</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Reading the first picture</source>
        <translation>Das erste Bild wird gelesen</translation>
    </message>
    <message>
        <source>Saving the session</source>
        <translation>Die Sitzung wird gespeichert</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Session ended</source>
        <translation>Sitzung beendet</translation>
    </message>
    <message>
        <source>Share of the class</source>
        <translation>Anteil der Klasse</translation>
    </message>
    <message>
        <source>Share of the faces</source>
        <translation>Anteil der Gesichter</translation>
    </message>
    <message>
        <source>Source lost, trying again</source>
        <translation>Quelle verloren, neuer Versuch</translation>
    </message>
    <message>
        <source>The detector and the network are read once a session.</source>
        <translation>Gesichtssuche und Netz werden einmal je Sitzung gelesen.</translation>
    </message>
    <message>
        <source>The lesson is erased.</source>
        <translation>Die Stunde ist gelöscht.</translation>
    </message>
    <message>
        <source>The pictures are gone, the figures are kept.</source>
        <translation>Die Bilder sind weg, die Zahlen bleiben.</translation>
    </message>
    <message>
        <source>Waiting for the first picture</source>
        <translation>Warten auf das erste Bild</translation>
    </message>
    <message>
        <source>Waiting: a window of this program lies over the call</source>
        <translation>Wartet: Ein Fenster dieses Programms liegt über dem Anruf</translation>
    </message>
    <message>
        <source>Waiting: another window covers the call</source>
        <translation>Wartet: ein anderes Fenster verdeckt den Anruf</translation>
    </message>
    <message>
        <source>Waiting: the call&apos;s window is not shown</source>
        <translation>Wartet: das Fenster des Anrufs ist nicht zu sehen</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Advanced</source>
        <translation>Für Fortgeschrittene</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Hear the sound of an alert</source>
        <translation>Den Ton eines Hinweises anhören</translation>
    </message>
    <message>
        <source>Plays it once. If you hear nothing, the system&apos;s sounds are off.</source>
        <translation>Spielt ihn einmal ab. Wenn Sie nichts hören, sind die Töne des Systems aus.</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>Standardwerte</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>These change with the next lesson.</source>
        <translation>Diese gelten ab der nächsten Stunde.</translation>
    </message>
    <message>
        <source>This network cannot be used: choose another, or empty the field for the built-in one.</source>
        <translation>Dieses Netz ist nicht nutzbar: wählen Sie ein anderes, oder leeren Sie das Feld für das eingebaute.</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Anhören</translation>
    </message>
    <message>
        <source>{label}: choose a {suffix} file of {kind}, or empty the field.</source>
        <translation>{label}: wählen Sie eine {suffix}-Datei von {kind}, oder leeren Sie das Feld.</translation>
    </message>
</context>
<context>
    <name>SettingsQuestion</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Or start with the defaults; the file is then renamed to {name}.</source>
        <translation>Oder beginnen Sie mit den Standardwerten; die Datei heißt dann {name}.</translation>
    </message>
    <message>
        <source>Start with the defaults</source>
        <translation>Mit den Standardwerten beginnen</translation>
    </message>
</context>
<context>
    <name>ShareRows</name>
    <message>
        <source>{name}: {number} of 100</source>
        <translation>{name}: {number} von 100</translation>
    </message>
</context>
<context>
    <name>Source</name>
    <message>
        <source>Camera {number}</source>
        <translation>Kamera {number}</translation>
    </message>
    <message>
        <source>Demo class</source>
        <translation>Demoklasse</translation>
    </message>
    <message>
        <source>Part of the screen · {width} × {height} px</source>
        <translation>Teil des Bildschirms · {width} × {height} px</translation>
    </message>
    <message>
        <source>the stream</source>
        <translation>der Stream</translation>
    </message>
</context>
<context>
    <name>SourceFlow</name>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>Ordner mit Bildern</translation>
    </message>
    <message>
        <source>Recording or pictures</source>
        <translation>Aufnahme oder Bilder</translation>
    </message>
    <message>
        <source>Recordings and pictures ({patterns})</source>
        <translation>Aufnahmen und Bilder ({patterns})</translation>
    </message>
</context>
<context>
    <name>SourcesMenu</name>
    <message>
        <source>&amp;Again: {source}</source>
        <translation>&amp;Wieder: {source}</translation>
    </message>
    <message>
        <source>&amp;Cameras and all others</source>
        <translation>&amp;Kameras und alle anderen</translation>
    </message>
    <message>
        <source>&amp;Demo class</source>
        <translation>&amp;Demoklasse</translation>
    </message>
    <message>
        <source>&amp;Folder of pictures…</source>
        <translation>&amp;Ordner mit Bildern…</translation>
    </message>
    <message>
        <source>&amp;Recording or pictures…</source>
        <translation>&amp;Aufnahme oder Bilder…</translation>
    </message>
    <message>
        <source>&amp;Window…</source>
        <translation>&amp;Fenster…</translation>
    </message>
    <message>
        <source>S&amp;tream…</source>
        <translation>St&amp;ream…</translation>
    </message>
</context>
<context>
    <name>Squares</name>
    <message>
        <source>Faces now</source>
        <translation>Gesichter jetzt</translation>
    </message>
    <message>
        <source>Not of this moment: {faces}</source>
        <translation>Nicht von diesem Moment: {faces}</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>A class of generated faces</source>
        <translation>Eine Klasse erzeugter Gesichter</translation>
    </message>
    <message>
        <source>An HTTP or RTSP address</source>
        <translation>Eine HTTP- oder RTSP-Adresse</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Choose a file, or drop one here</source>
        <translation>Datei wählen oder hierher ziehen</translation>
    </message>
    <message>
        <source>Choose the call&apos;s window</source>
        <translation>Das Fenster des Anrufs wählen</translation>
    </message>
    <message>
        <source>Draw around the faces of a call</source>
        <translation>Die Gesichter eines Anrufs umrahmen</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>Looking for cameras</source>
        <translation>Kameras werden gesucht</translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation>Keine Kamera gefunden</translation>
    </message>
    <message>
        <source>Only figures of the class are kept. No picture is saved, and nothing leaves this computer.</source>
        <translation>Nur Zahlen der Klasse bleiben. Kein Bild wird gespeichert, und nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>Part of the screen</source>
        <translation>Teil des Bildschirms</translation>
    </message>
    <message>
        <source>Plug one in, then press here</source>
        <translation>Eine anschließen, dann hier drücken</translation>
    </message>
    <message>
        <source>Recording or pictures</source>
        <translation>Aufnahme oder Bilder</translation>
    </message>
    <message>
        <source>Same part of the screen</source>
        <translation>Derselbe Teil des Bildschirms</translation>
    </message>
    <message>
        <source>Still none. Plug one in, then press here</source>
        <translation>Noch keine. Anschließen, dann hier drücken</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Stream</translation>
    </message>
    <message>
        <source>What do you want to look at?</source>
        <translation>Was möchten Sie ansehen?</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Your lessons</source>
        <translation>Ihre Stunden</translation>
    </message>
    <message>
        <source>{width} × {height} px, as last time</source>
        <translation>{width} × {height} px, wie beim letzten Mal</translation>
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
            <numerusform>%n verworfen</numerusform>
            <numerusform>%n verworfen</numerusform>
        </translation>
    </message>
    <message>
        <source>CPU {percent} %</source>
        <translation>CPU {percent}&#xa0;%</translation>
    </message>
    <message>
        <source>Nothing is being read</source>
        <translation>Es wird nichts gelesen</translation>
    </message>
    <message>
        <source>Reading every {seconds} s</source>
        <translation>Liest alle {seconds} s</translation>
    </message>
    <message>
        <source>Reading once a second</source>
        <translation>Liest einmal je Sekunde</translation>
    </message>
    <message>
        <source>Reading {count} times a second</source>
        <translation>Liest {count}-mal je Sekunde</translation>
    </message>
    <message>
        <source>Slower than usual: the computer is busy</source>
        <translation>Langsamer als sonst: der Computer ist ausgelastet</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>fps in: frames from the source. Updates: frames that were read; held back where more of them would take more of the processor than the settings leave to this program beside the call. Dropped: updates that came too late because the one before was still being read. Then the time from a frame to its reading, and this program&apos;s share of the processor.</source>
        <translation>Bilder/s: was von der Quelle kommt. Auswertungen: Bilder, die gelesen wurden; gebremst, wo mehr davon dem Programm mehr Prozessor nähmen, als die Einstellungen ihm neben dem Anruf lassen. Verworfen: Bilder, die zu spät kamen, weil das vorige noch gelesen wurde. Dann die Zeit von einem Bild bis zu seiner Auswertung und der Anteil dieses Programms am Prozessor.</translation>
    </message>
    <message>
        <source>{hz} fps in</source>
        <translation>{hz} Bilder/s</translation>
    </message>
    <message>
        <source>{hz} updates/s</source>
        <translation>{hz} Auswertungen/s</translation>
    </message>
    <message>
        <source>{hz} updates/s, held back</source>
        <translation>{hz} Auswertungen/s, gebremst</translation>
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
        <translation>{step} von {count}</translation>
    </message>
</context>
<context>
    <name>StreamDialog</name>
    <message>
        <source>Address of the stream</source>
        <translation>Adresse des Streams</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>It begins with http://, https:// or rtsp://</source>
        <translation>Sie beginnt mit http://, https:// oder rtsp://</translation>
    </message>
    <message>
        <source>Open stream</source>
        <translation>Stream öffnen</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Stream</translation>
    </message>
</context>
<context>
    <name>TellingPage</name>
    <message>
        <source>Before you begin, put this into the call&apos;s chat, and say it too. Whoever does not want to be read is left out, no reason asked.</source>
        <translation>Bevor Sie beginnen, schreiben Sie das in den Chat des Anrufs, und sagen Sie es auch. Wer nicht gelesen werden will, wird ausgelassen, ohne einen Grund zu nennen.</translation>
    </message>
    <message>
        <source>Telling the class</source>
        <translation>Der Klasse Bescheid sagen</translation>
    </message>
    <message>
        <source>The demo class</source>
        <translation>Die Demoklasse</translation>
    </message>
    <message>
        <source>Twenty-five generated faces, none of them a real person. Try the program on them at any time.</source>
        <translation>Fünfundzwanzig erzeugte Gesichter, keines davon ein echter Mensch. An ihnen können Sie das Programm jederzeit ausprobieren.</translation>
    </message>
    <message>
        <source>With your answers no class is read, so there is nobody to tell. You can look at the demo class.</source>
        <translation>Mit Ihren Antworten wird keine Klasse gelesen, also muss niemand Bescheid wissen. Sie können die Demoklasse ansehen.</translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message>
        <source>d MMMM</source>
        <comment>format of a day, as Qt writes it</comment>
        <translation>d. MMMM</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>format of a day of another year, as Qt writes it</comment>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>morgen</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>gestern</translation>
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
        <translation>Die Klasse weiß Bescheid</translation>
    </message>
    <message>
        <source>What others were told</source>
        <translation>Was den anderen gesagt wurde</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>FER Desktop: {words}</source>
        <translation>FER Desktop: {words}</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Markierung</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>Das Fenster zeigen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>Pause</translation>
    </message>
</context>
<context>
    <name>TrendView</name>
    <message numerus="yes">
        <source>%n faces are read; their figures are withheld.</source>
        <translation>
            <numerusform>%n Gesicht wird gelesen; seine Zahlen werden nicht gezeigt.</numerusform>
            <numerusform>%n Gesichter werden gelesen; ihre Zahlen werden nicht gezeigt.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 face is read; its figures are withheld.</source>
        <translation>1 Gesicht wird gelesen; seine Zahlen werden nicht gezeigt.</translation>
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
        <translation>Alle</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>Zurück zu jetzt</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Beides</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>From {least} faces on they are of a class.</source>
        <translation>Ab {least} Gesichtern sind es die einer Klasse.</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Share of the class</source>
        <translation>Anteil der Klasse</translation>
    </message>
    <message>
        <source>Share of the class over time</source>
        <translation>Anteil der Klasse im Lauf der Zeit</translation>
    </message>
    <message>
        <source>Show both</source>
        <translation>Beides zeigen</translation>
    </message>
    <message>
        <source>Show curves</source>
        <translation>Kurven zeigen</translation>
    </message>
    <message>
        <source>Show share</source>
        <translation>Anteil zeigen</translation>
    </message>
    <message>
        <source>Show the last 1 min</source>
        <translation>Die letzte 1 min zeigen</translation>
    </message>
    <message>
        <source>Show the last 15 min</source>
        <translation>Die letzten 15 min zeigen</translation>
    </message>
    <message>
        <source>Show the last 5 min</source>
        <translation>Die letzten 5 min zeigen</translation>
    </message>
    <message>
        <source>Show the whole session</source>
        <translation>Die ganze Sitzung zeigen</translation>
    </message>
    <message>
        <source>The class over time appears here as soon as a face is read.</source>
        <translation>Hier erscheint der Verlauf der Klasse, sobald ein Gesicht gelesen ist.</translation>
    </message>
    <message>
        <source>Trend of the class</source>
        <translation>Verlauf der Klasse</translation>
    </message>
</context>
<context>
    <name>TrendWords</name>
    <message>
        <source>At {time}: {shares}</source>
        <translation>Bei {time}: {shares}</translation>
    </message>
    <message>
        <source>No figures in what is shown.</source>
        <translation>Keine Zahlen in dem, was gezeigt wird.</translation>
    </message>
    <message>
        <source>{expression} {share} %</source>
        <translation>{expression} {share} %</translation>
    </message>
</context>
<context>
    <name>Unread</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Your lessons cannot be shown</source>
        <translation>Ihre Stunden können nicht gezeigt werden</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>How does the class look?</source>
        <translation>Wie sieht die Klasse aus?</translation>
    </message>
    <message>
        <source>Open your video call with the gallery of faces, then start: the call&apos;s window is found by itself. You see in a second what most faces show and whether it has changed. Or look at a made-up class first.</source>
        <translation>Öffnen Sie Ihren Videoanruf mit der Galerie der Gesichter und beginnen Sie dann: Das Fenster des Anrufs wird von selbst gefunden. Sie sehen in einer Sekunde, was die meisten Gesichter zeigen und ob es sich geändert hat. Oder sehen Sie sich zuerst eine erfundene Klasse an.</translation>
    </message>
    <message>
        <source>See the demo class</source>
        <translation>Demoklasse ansehen</translation>
    </message>
    <message>
        <source>Start a lesson</source>
        <translation>Stunde beginnen</translation>
    </message>
</context>
<context>
    <name>WhileAway</name>
    <message>
        <source>Marked {time}</source>
        <translation>Markiert: {time}</translation>
    </message>
</context>
<context>
    <name>WindowDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>It is followed when it moves. What lies over it is not read: the session waits and says so.</source>
        <translation>Es wird verfolgt, wenn es sich bewegt. Was darüber liegt, wird nicht gelesen: die Sitzung wartet und sagt es.</translation>
    </message>
    <message>
        <source>No window looks like a call. Start the call and press Refresh, or choose the one that shows it.</source>
        <translation>Kein Fenster sieht nach einem Anruf aus. Beginnen Sie den Anruf und drücken Sie „Neu laden“, oder wählen Sie das Fenster, das ihn zeigt.</translation>
    </message>
    <message>
        <source>No window of another program is open</source>
        <translation>Kein Fenster eines anderen Programms ist offen</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>Search again (F5)</source>
        <translation>Noch einmal suchen (F5)</translation>
    </message>
    <message>
        <source>Start the call, then press Refresh.</source>
        <translation>Beginnen Sie den Anruf, dann drücken Sie „Neu laden“.</translation>
    </message>
    <message>
        <source>The windows cannot be listed</source>
        <translation>Die Fenster lassen sich nicht auflisten</translation>
    </message>
    <message>
        <source>Use this window</source>
        <translation>Dieses Fenster nehmen</translation>
    </message>
    <message>
        <source>Which window shows the call?</source>
        <translation>Welches Fenster zeigt den Anruf?</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
</context>
<context>
    <name>WindowPreview</name>
    <message>
        <source>Black where other windows lie over it now. It is read as soon as it lies free.</source>
        <translation>Schwarz, wo gerade andere Fenster darüber liegen. Es wird gelesen, sobald es frei liegt.</translation>
    </message>
    <message>
        <source>Other windows lie over it now.
It is read as soon as it lies free.</source>
        <translation>Andere Fenster liegen gerade darüber.
Es wird gelesen, sobald es frei liegt.</translation>
    </message>
    <message>
        <source>Picture of the window</source>
        <translation>Bild des Fensters</translation>
    </message>
</context>
<context>
    <name>WindowRows</name>
    <message>
        <source>Call</source>
        <translation>Anruf</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>Open windows</source>
        <translation>Offene Fenster</translation>
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
        <translation>Wie viel getan ist</translation>
    </message>
    <message>
        <source>No program here can show a folder. It is {folder}</source>
        <translation>Kein Programm hier kann Ordner zeigen. Es ist {folder}</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stopped: nothing was changed.</source>
        <translation>Angehalten: Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten…</translation>
    </message>
</context>
<context>
    <name>WorkingDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>_Name</name>
    <message>
        <source>Name of the marker</source>
        <translation>Name der Markierung</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Class of the lesson</source>
        <translation>Klasse der Stunde</translation>
    </message>
    <message>
        <source>Class, such as 9b</source>
        <translation>Klasse, etwa 9b</translation>
    </message>
    <message>
        <source>Name of the lesson</source>
        <translation>Name der Stunde</translation>
    </message>
</context>
<context>
    <name>_Trouble</name>
    <message>
        <source>Back to your lessons</source>
        <translation>Zurück zu Ihren Stunden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>page</name>
    <message>
        <source>All of it is read. It is one of your lessons now.</source>
        <translation>Alles ist gelesen. Sie ist jetzt eine Ihrer Stunden.</translation>
    </message>
</context>
</TS>
