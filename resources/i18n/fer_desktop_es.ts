<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>AboutPage</name>
    <message>
        <source>Expressions on the faces of a video call, for the class as a whole: an aid and never a verdict.</source>
        <translation>Expresiones en los rostros de una videollamada, del grupo en conjunto: una ayuda y nunca un veredicto.</translation>
    </message>
    <message>
        <source>Python {python} · Qt {qt} · MIT licence</source>
        <translation>Python {python} · Qt {qt} · Licencia MIT</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Versión {version}</translation>
    </message>
    <message>
        <source>Works on this computer alone. No picture is saved.</source>
        <translation>Funciona solo en este equipo. No se guarda ninguna imagen.</translation>
    </message>
</context>
<context>
    <name>AlertLine</name>
    <message>
        <source>Alert</source>
        <translation>Aviso</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Marcar</translation>
    </message>
    <message>
        <source>Mark this moment</source>
        <translation>Marcar este momento</translation>
    </message>
    <message>
        <source>Marks the moment of the alert, not this one</source>
        <translation>Marca el momento del aviso, no este</translation>
    </message>
    <message>
        <source>No alert for a while</source>
        <translation>Sin avisos por un rato</translation>
    </message>
    <message>
        <source>Not useful</source>
        <translation>No es útil</translation>
    </message>
    <message>
        <source>Noted: not useful</source>
        <translation>Anotado: no es útil</translation>
    </message>
    <message>
        <source>Noted: useful</source>
        <translation>Anotado: útil</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>Silencio</translation>
    </message>
    <message>
        <source>Useful</source>
        <translation>Útil</translation>
    </message>
</context>
<context>
    <name>AliasDelegate</name>
    <message>
        <source>Alias of {seat}</source>
        <translation>Apodo de {seat}</translation>
    </message>
</context>
<context>
    <name>AnswersLine</name>
    <message numerus="yes">
        <source>%n lines are damaged and cannot be read; they are kept</source>
        <translation>
            <numerusform>%n línea está dañada y no se puede leer; se conserva</numerusform>
            <numerusform>%n líneas están dañadas y no se pueden leer; se conservan</numerusform>
        </translation>
    </message>
    <message>
        <source>A copy is saved to {path}</source>
        <translation>Se guardó una copia en {path}</translation>
    </message>
    <message>
        <source>Change answers</source>
        <translation>Cambiar respuestas</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>Líneas JSON (*.jsonl)</translation>
    </message>
    <message>
        <source>Nothing is answered yet: no class, camera or recording is opened before.</source>
        <translation>Todavía no hay respuestas: antes no se abre ninguna clase, cámara ni grabación.</translation>
    </message>
    <message>
        <source>Of the log of your answers</source>
        <translation>Del registro de sus respuestas</translation>
    </message>
    <message>
        <source>One line is damaged and cannot be read; it is kept as it is</source>
        <translation>Una línea está dañada y no se puede leer; se conserva como está</translation>
    </message>
    <message>
        <source>Save a copy of the log</source>
        <translation>Guardar una copia del registro</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>Guardar una copia…</translation>
    </message>
    <message>
        <source>The last is of {day}, {time}</source>
        <translation>La última: {day}, {time}</translation>
    </message>
    <message numerus="yes">
        <source>The log of your answers has %n entries</source>
        <translation>
            <numerusform>El registro de sus respuestas tiene %n entrada</numerusform>
            <numerusform>El registro de sus respuestas tiene %n entradas</numerusform>
        </translation>
    </message>
    <message>
        <source>The log of your answers has one entry</source>
        <translation>El registro de sus respuestas tiene una entrada</translation>
    </message>
    <message>
        <source>The log of your answers is empty</source>
        <translation>El registro de sus respuestas está vacío</translation>
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
        <translation>Hubo un fallo en el programa; la sesión en curso continúa. Lo ocurrido consta en el archivo de registro {file}.</translation>
    </message>
    <message>
        <source>A fault in the program was met; a running session goes on. What happened is in the log file.</source>
        <translation>Hubo un fallo en el programa; la sesión en curso continúa. Lo ocurrido consta en el archivo de registro.</translation>
    </message>
    <message>
        <source>No font here has the letters of {language}, so the window is in English. Install one, such as Noto Sans Devanagari, and start again.</source>
        <translation>Ninguna fuente instalada tiene las letras de {language}, por eso la ventana está en inglés. Instale una, como Noto Sans Devanagari, y vuelva a iniciar.</translation>
    </message>
</context>
<context>
    <name>BackupDialog</name>
    <message numerus="yes">
        <source>%n lessons are in {path}</source>
        <translation>
            <numerusform>%n clase está en {path}</numerusform>
            <numerusform>%n clases están en {path}</numerusform>
        </translation>
    </message>
    <message>
        <source>1 lesson is in {path}</source>
        <translation>1 clase está en {path}</translation>
    </message>
    <message>
        <source>All lessons go into one file, for a new computer or a safe place. Settings do not. Whoever has the file can read it.</source>
        <translation>Todas las clases van a un archivo, para un equipo nuevo o un lugar seguro. La configuración no. Quien tenga el archivo puede leerlo.</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>Guardar copia</translation>
    </message>
    <message>
        <source>Back up all lessons</source>
        <translation>Copia de seguridad de todas las clases</translation>
    </message>
    <message>
        <source>Backing up…</source>
        <translation>Guardando la copia…</translation>
    </message>
    <message>
        <source>Folder of the backup</source>
        <translation>Carpeta de la copia</translation>
    </message>
</context>
<context>
    <name>ClassAndFacts</name>
    <message>
        <source>Class of the lesson</source>
        <translation>Grupo de la clase</translation>
    </message>
    <message>
        <source>Class, such as 9b</source>
        <translation>Grupo, por ejemplo 3.º B</translation>
    </message>
    <message>
        <source>Class: {class_name}</source>
        <translation>Grupo: {class_name}</translation>
    </message>
    <message>
        <source>Class…</source>
        <translation>Grupo…</translation>
    </message>
    <message>
        <source>No class yet</source>
        <translation>Todavía sin grupo</translation>
    </message>
    <message>
        <source>Say which class it was (Shift+F2)</source>
        <translation>Indique qué grupo era (Mayús+F2)</translation>
    </message>
</context>
<context>
    <name>ClassBars</name>
    <message>
        <source>Expressions of the class now</source>
        <translation>Expresiones del grupo ahora</translation>
    </message>
    <message>
        <source>No figures: no face is readable.</source>
        <translation>Sin cifras: no se puede leer ningún rostro.</translation>
    </message>
    <message>
        <source>No figures: too few faces are readable.</source>
        <translation>Sin cifras: se pueden leer muy pocos rostros.</translation>
    </message>
    <message numerus="yes">
        <source>{expression} {share}, 95 % interval {low} to {high} %, {count} of %n readable faces look most like it</source>
        <translation>
            <numerusform>{expression}: {share}, intervalo del 95 % de {low} a {high} %; es lo que más muestran {count} de %n rostro leído</numerusform>
            <numerusform>{expression}: {share}, intervalo del 95 % de {low} a {high} %; es lo que más muestran {count} de %n rostros leídos</numerusform>
        </translation>
    </message>
    <message>
        <source>{expression}: no figure</source>
        <translation>{expression}: sin cifra</translation>
    </message>
</context>
<context>
    <name>ClassSizeField</name>
    <message>
        <source>How many are in the class, whether or not the call shows them all</source>
        <translation>Cuántos hay en la clase, aunque la llamada no los muestre a todos</translation>
    </message>
    <message>
        <source>How many are in this class</source>
        <translation>Cuántos hay en esta clase</translation>
    </message>
    <message>
        <source>In class: </source>
        <comment>before a number</comment>
        <translation>En clase: </translation>
    </message>
    <message>
        <source>In class: ?</source>
        <translation>En clase: ?</translation>
    </message>
</context>
<context>
    <name>CompareChart</name>
    <message>
        <source>Both lessons, as a chart</source>
        <translation>Ambas clases, como gráfico</translation>
    </message>
    <message>
        <source>Sad, afraid or angry</source>
        <translation>Tristes, asustados o enfadados</translation>
    </message>
    <message>
        <source>Smiling</source>
        <translation>Sonrientes</translation>
    </message>
    <message>
        <source>all</source>
        <translation>todas</translation>
    </message>
    <message>
        <source>half</source>
        <translation>mitad</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
    <message>
        <source>surprised</source>
        <translation>sorprendidos</translation>
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
        <translation>Alineado por</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Compare &amp;with</source>
        <translation>Comparar &amp;con</translation>
    </message>
    <message>
        <source>Compare lessons</source>
        <translation>Comparar clases</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Comparar con</translation>
    </message>
    <message>
        <source>Laid over one another by markers of the same name</source>
        <translation>Superpuestas por marcadores del mismo nombre</translation>
    </message>
    <message>
        <source>Laid over one another by time</source>
        <translation>Superpuestas por el tiempo</translation>
    </message>
    <message>
        <source>Markers</source>
        <translation>Marcadores</translation>
    </message>
    <message>
        <source>Means over 30 s, of the faces read. Point at the chart for what both show.</source>
        <translation>Medias de 30 s, de los rostros leídos. Señale el gráfico para ver los valores de ambas.</translation>
    </message>
    <message>
        <source>Other faces, other light: a difference is no verdict on a lesson or a class.</source>
        <translation>Otros rostros, otra luz: una diferencia no es un juicio sobre una clase ni un grupo.</translation>
    </message>
    <message>
        <source>Reading the lessons…</source>
        <translation>Leyendo las clases…</translation>
    </message>
    <message>
        <source>There is no other lesson to compare with.</source>
        <translation>No hay otra clase con la que comparar.</translation>
    </message>
    <message>
        <source>This lesson is no longer stored.</source>
        <translation>Esta clase ya no está guardada.</translation>
    </message>
    <message>
        <source>This lesson: {lesson}</source>
        <translation>Esta clase: {lesson}</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Hora</translation>
    </message>
    <message>
        <source>Usual of {class_name}</source>
        <translation>Lo habitual de {class_name}</translation>
    </message>
</context>
<context>
    <name>CompareWords</name>
    <message>
        <source>Another difference from {begin} to {end}</source>
        <translation>Otra diferencia de {begin} a {end}</translation>
    </message>
    <message>
        <source>about {count} of {faces} smiling</source>
        <translation>unos {count} de {faces} sonríen</translation>
    </message>
    <message>
        <source>nothing read</source>
        <translation>nada leído</translation>
    </message>
    <message>
        <source>{count} sad, afraid or angry</source>
        <translation>{count} tristes, asustados o enfadados</translation>
    </message>
    <message>
        <source>{count} surprised</source>
        <translation>{count} sorprendidos</translation>
    </message>
    <message>
        <source>{time}. This lesson: {here}. The other lesson: {there}</source>
        <translation>{time}. Esta clase: {here}. La otra clase: {there}</translation>
    </message>
    <message>
        <source>{time}. This lesson: {here}. Usually: {there}</source>
        <translation>{time}. Esta clase: {here}. De costumbre: {there}</translation>
    </message>
    <message>
        <source>{time}. This lesson: {values}</source>
        <translation>{time}. Esta clase: {values}</translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message numerus="yes">
        <source>%n are read: figures from {least} on</source>
        <translation>
            <numerusform>%n leído: hay cifras a partir de {least}</numerusform>
            <numerusform>%n leídos: hay cifras a partir de {least}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n came back</source>
        <translation>
            <numerusform>%n volvió</numerusform>
            <numerusform>%n volvieron</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cameras on</source>
        <translation>
            <numerusform>%n cámara encendida</numerusform>
            <numerusform>%n cámaras encendidas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n have left</source>
        <translation>
            <numerusform>%n se fue</numerusform>
            <numerusform>%n se fueron</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n here</source>
        <translation>
            <numerusform>%n presente</numerusform>
            <numerusform>%n presentes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n excluido</numerusform>
            <numerusform>%n excluidos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n markers</source>
        <translation>
            <numerusform>%n marca</numerusform>
            <numerusform>%n marcas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not in view</source>
        <translation>
            <numerusform>%n fuera de vista</numerusform>
            <numerusform>%n fuera de vista</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tiles</source>
        <translation>
            <numerusform>%n recuadro</numerusform>
            <numerusform>%n recuadros</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n turned away</source>
        <translation>
            <numerusform>%n girado</numerusform>
            <numerusform>%n girados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a face</source>
        <translation>
            <numerusform>sin rostro (%n)</numerusform>
            <numerusform>sin rostro (%n)</numerusform>
        </translation>
    </message>
    <message>
        <source>1 camera on</source>
        <translation>1 cámara encendida</translation>
    </message>
    <message>
        <source>1 has left</source>
        <translation>1 se fue</translation>
    </message>
    <message>
        <source>1 marker</source>
        <translation>1 marca</translation>
    </message>
    <message>
        <source>1 tile</source>
        <translation>1 recuadro</translation>
    </message>
    <message numerus="yes">
        <source>About {readable} of %n cameras were read</source>
        <translation>
            <numerusform>Se leyó cerca de {readable} de %n cámara</numerusform>
            <numerusform>Se leyeron unas {readable} de %n cámaras</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About {readable} of %n faces were read</source>
        <translation>
            <numerusform>Se leyó cerca de {readable} de %n cara</numerusform>
            <numerusform>Se leyeron unas {readable} de %n caras</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About {readable} of %n in the class were read</source>
        <translation>
            <numerusform>Se leyó cerca de {readable} de %n de la clase</numerusform>
            <numerusform>Se leyeron unos {readable} de %n de la clase</numerusform>
        </translation>
    </message>
    <message>
        <source>About {readable} of 1 camera was read</source>
        <translation>Se leyó cerca de {readable} de 1 cámara</translation>
    </message>
    <message>
        <source>About {readable} of 1 face was read</source>
        <translation>Se leyó cerca de {readable} de 1 cara</translation>
    </message>
    <message numerus="yes">
        <source>Left %n times before</source>
        <translation>
            <numerusform>Ya se había ido %n vez</numerusform>
            <numerusform>Ya se había ido %n veces</numerusform>
        </translation>
    </message>
    <message>
        <source>Left once before</source>
        <translation>Ya se había ido una vez</translation>
    </message>
    <message>
        <source>Left twice before</source>
        <translation>Ya se había ido dos veces</translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n cameras are read</source>
        <translation>
            <numerusform>Leídas {readable} de %n cámara</numerusform>
            <numerusform>Leídas {readable} de %n cámaras</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n faces are read</source>
        <translation>
            <numerusform>Leídos {readable} de %n rostro</numerusform>
            <numerusform>Leídos {readable} de %n rostros</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n in the class are read</source>
        <translation>
            <numerusform>Se lee {readable} de %n de la clase</numerusform>
            <numerusform>Se leen {readable} de %n de la clase</numerusform>
        </translation>
    </message>
    <message>
        <source>{readable} of 1 camera is read</source>
        <translation>Leída {readable} de 1 cámara</translation>
    </message>
    <message>
        <source>{readable} of 1 face is read</source>
        <translation>Leído {readable} de 1 rostro</translation>
    </message>
    <message numerus="yes">
        <source>{tiles} and %n faces beside them</source>
        <translation>
            <numerusform>{tiles} y %n rostro aparte</numerusform>
            <numerusform>{tiles} y %n rostros aparte</numerusform>
        </translation>
    </message>
    <message>
        <source>{tiles} and 1 face beside them</source>
        <translation>{tiles} y 1 rostro aparte</translation>
    </message>
</context>
<context>
    <name>CountsTable</name>
    <message>
        <source>Faces now and usually</source>
        <translation>Rostros ahora y de costumbre</translation>
    </message>
    <message>
        <source>No figures</source>
        <translation>Sin cifras</translation>
    </message>
    <message>
        <source>Not of this moment: {faces}</source>
        <translation>No es de este momento: {faces}</translation>
    </message>
    <message>
        <source>before</source>
        <comment>before a marker</comment>
        <translation>antes</translation>
    </message>
    <message>
        <source>faces, about</source>
        <translation>rostros, unos</translation>
    </message>
    <message>
        <source>now</source>
        <translation>ahora</translation>
    </message>
    <message>
        <source>usually</source>
        <translation>normal</translation>
    </message>
    <message>
        <source>{group}: about {now}</source>
        <translation>{group}: unos {now}</translation>
    </message>
    <message>
        <source>{group}: about {now}, before the marker {usual}</source>
        <translation>{group}: unos {now}, antes del marcador {usual}</translation>
    </message>
    <message>
        <source>{group}: about {now}, usually {usual}</source>
        <translation>{group}: unos {now}, de costumbre {usual}</translation>
    </message>
</context>
<context>
    <name>CoverageLine</name>
    <message>
        <source>Coverage</source>
        <translation>Cobertura</translation>
    </message>
    <message>
        <source>Figures from so few faces would describe individual people, not a class: none are shown or saved</source>
        <translation>Las cifras de tan pocos rostros describirían a personas concretas y no a un grupo: no se muestran ni se guardan</translation>
    </message>
    <message>
        <source>No camera is on</source>
        <translation>No hay cámaras encendidas</translation>
    </message>
    <message>
        <source>No face found yet</source>
        <translation>Todavía no se ha encontrado ningún rostro</translation>
    </message>
    <message>
        <source>Not read: {reasons}</source>
        <translation>Sin leer: {reasons}</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation>Todavía no se ha leído nada</translation>
    </message>
    <message>
        <source>Nothing was read</source>
        <translation>No se leyó nada</translation>
    </message>
    <message>
        <source>Paused: no figures</source>
        <translation>En pausa: sin cifras</translation>
    </message>
    <message>
        <source>The computer slept: no figures</source>
        <translation>El equipo estaba en suspensión: sin cifras</translation>
    </message>
    <message>
        <source>The source gives no picture</source>
        <translation>La fuente no da imagen</translation>
    </message>
    <message>
        <source>Too slow: nothing was read in this second</source>
        <translation>Demasiado lento: no se leyó nada en este segundo</translation>
    </message>
    <message>
        <source>Waiting: the call is covered or minimised</source>
        <translation>En espera: la videollamada está tapada o minimizada</translation>
    </message>
    <message>
        <source>just now {reasons}</source>
        <translation>ahora mismo {reasons}</translation>
    </message>
    <message>
        <source>{count} {reason}</source>
        <comment>2 too small</comment>
        <translation>{reason} ({count})</translation>
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
        <translation>La clase de demostración</translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message>
        <source>“{name}” could not be changed. {reason}</source>
        <translation>No se pudo cambiar «{name}». {reason}</translation>
    </message>
</context>
<context>
    <name>EmptyTiles</name>
    <message>
        <source>{chosen} of {many} chosen: go to the picture</source>
        <translation>{chosen} de {many} elegidos: ir a la imagen</translation>
    </message>
</context>
<context>
    <name>EndedLesson</name>
    <message>
        <source>Whoever was left out before Stop is read again: leave them out once more.</source>
        <translation>Quienes estaban excluidos antes de detener se vuelven a leer: exclúyalos otra vez.</translation>
    </message>
</context>
<context>
    <name>Erasing</name>
    <message>
        <source>The lesson could not be erased. {reason}</source>
        <translation>No se pudo borrar la clase. {reason}</translation>
    </message>
    <message>
        <source>The lessons could not be erased. {reason}</source>
        <translation>No se pudieron borrar las clases. {reason}</translation>
    </message>
    <message>
        <source>What the marker says could not be erased. {reason}</source>
        <translation>No se pudo borrar lo que dice el marcador. {reason}</translation>
    </message>
    <message>
        <source>“{name}” could not be erased. {reason}</source>
        <translation>No se pudo borrar «{name}». {reason}</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>%n files saved.</source>
        <translation>
            <numerusform>%n archivo guardado.</numerusform>
            <numerusform>%n archivos guardados.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lessons</source>
        <translation>
            <numerusform>%n clase</numerusform>
            <numerusform>%n clases</numerusform>
        </translation>
    </message>
    <message>
        <source>A file for each of them.</source>
        <translation>Un archivo para cada una.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>In the &amp;folder</source>
        <translation>En la c&amp;arpeta</translation>
    </message>
    <message>
        <source>Of a class, means are of 30 seconds, and one or two sad, afraid or angry faces are left out: so small a number could tell of one child.</source>
        <translation>De una clase, las medias son de 30 segundos y se omiten una o dos caras tristes, asustadas o enfadadas: un número tan pequeño podría señalar a un niño.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>Guardar una copia</translation>
    </message>
    <message>
        <source>Saved to {path}</source>
        <translation>Guardado en {path}</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Guardando…</translation>
    </message>
    <message>
        <source>Stopped: nothing was saved.</source>
        <translation>Detenido: no se guardó nada.</translation>
    </message>
    <message>
        <source>This lesson is no longer stored.</source>
        <translation>Esta clase ya no está guardada.</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <comment>day and time</comment>
        <translation>{day}, {time}</translation>
    </message>
    <message>
        <source>{saved} of {all} files saved, and these are whole.</source>
        <translation>{saved} de {all} archivos guardados, y están completos.</translation>
    </message>
</context>
<context>
    <name>Expression</name>
    <message>
        <source>afraid</source>
        <translation>miedo</translation>
    </message>
    <message>
        <source>angry</source>
        <translation>enojo</translation>
    </message>
    <message>
        <source>disgust</source>
        <translation>asco</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>neutral</translation>
    </message>
    <message>
        <source>sad</source>
        <translation>tristeza</translation>
    </message>
    <message>
        <source>smiling</source>
        <translation>sonrisa</translation>
    </message>
    <message>
        <source>surprise</source>
        <translation>sorpresa</translation>
    </message>
</context>
<context>
    <name>FileField</name>
    <message>
        <source>Choose</source>
        <translation>Elegir</translation>
    </message>
    <message>
        <source>Choose: {title}</source>
        <translation>Elegir: {title}</translation>
    </message>
    <message>
        <source>Clear the field</source>
        <translation>Vaciar el campo</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Accept and start</source>
        <translation>Aceptar y empezar</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Before you begin</source>
        <translation>Antes de empezar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Change answers</source>
        <translation>Cambiar respuestas</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Más tarde</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Save answers</source>
        <translation>Guardar respuestas</translation>
    </message>
</context>
<context>
    <name>GlanceHead</name>
    <message>
        <source>Demo class: nobody in it is real.</source>
        <translation>Clase de demostración: nadie en ella es real.</translation>
    </message>
</context>
<context>
    <name>GlancePanel</name>
    <message>
        <source>Figures from so few faces would describe individual people, not a class.</source>
        <translation>Cifras de tan pocos rostros describirían a personas concretas, no a un grupo.</translation>
    </message>
    <message>
        <source>Nothing of it is kept here.</source>
        <translation>Aquí no queda nada de ella.</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation>Todavía no se ha leído nada</translation>
    </message>
    <message>
        <source>One square for each camera appears here once faces are read.</source>
        <translation>Aquí aparece un cuadrado por cámara en cuanto se leen rostros.</translation>
    </message>
    <message>
        <source>Squares appear again as soon as somebody is in sight.</source>
        <translation>Los cuadrados vuelven en cuanto se vea a alguien.</translation>
    </message>
    <message>
        <source>The class at a glance</source>
        <translation>El grupo de un vistazo</translation>
    </message>
    <message>
        <source>The lesson has ended. Its course is kept below.</source>
        <translation>La clase terminó. Su desarrollo queda abajo.</translation>
    </message>
    <message>
        <source>The lesson is erased</source>
        <translation>La clase está borrada</translation>
    </message>
</context>
<context>
    <name>GroupWords</name>
    <message numerus="yes">
        <source>%n cameras off</source>
        <translation>
            <numerusform>%n cámara apagada</numerusform>
            <numerusform>%n cámaras apagadas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n neutral</source>
        <translation>
            <numerusform>%n neutral</numerusform>
            <numerusform>%n neutrales</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n neutral or other</source>
        <translation>
            <numerusform>%n neutral u otro</numerusform>
            <numerusform>%n neutrales u otros</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not read</source>
        <translation>
            <numerusform>%n no leído</numerusform>
            <numerusform>%n no leídos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not sure</source>
        <translation>
            <numerusform>%n dudoso</numerusform>
            <numerusform>%n dudosos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sad, afraid or angry</source>
        <translation>
            <numerusform>%n triste, asustado o enojado</numerusform>
            <numerusform>%n tristes, asustados o enojados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n smiling</source>
        <translation>
            <numerusform>%n sonríe</numerusform>
            <numerusform>%n sonríen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n surprised</source>
        <translation>
            <numerusform>%n sorprendido</numerusform>
            <numerusform>%n sorprendidos</numerusform>
        </translation>
    </message>
    <message>
        <source>1 camera off</source>
        <translation>1 cámara apagada</translation>
    </message>
    <message>
        <source>camera off</source>
        <translation>cámara apagada</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>neutral</translation>
    </message>
    <message>
        <source>neutral or other</source>
        <translation>neutrales u otros</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>no leído</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>dudoso</translation>
    </message>
    <message>
        <source>sad, afraid or angry</source>
        <translation>triste, asustado o enojado</translation>
    </message>
    <message>
        <source>smiling</source>
        <translation>sonriente</translation>
    </message>
    <message>
        <source>surprised</source>
        <translation>sorprendido</translation>
    </message>
</context>
<context>
    <name>HeaderBar</name>
    <message>
        <source>Back to your lessons (Ctrl+N)</source>
        <translation>Volver a sus clases (Ctrl+N)</translation>
    </message>
    <message>
        <source>End the session and save it (Ctrl+E)</source>
        <translation>Terminar la sesión y guardarla (Ctrl+E)</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Terminada</translation>
    </message>
    <message>
        <source>Go on with this lesson as if it had not been stopped (Ctrl+Shift+E)</source>
        <translation>Seguir con esta clase como si no se hubiera detenido (Ctrl+Mayús+E)</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>En vivo</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Marcador</translation>
    </message>
    <message>
        <source>Name this moment in the file (M)</source>
        <translation>Poner nombre a este momento en el archivo (M)</translation>
    </message>
    <message>
        <source>New lesson</source>
        <translation>Nueva clase</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Pause or resume (Space)</source>
        <translation>Pausar o reanudar (Espacio)</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Playing</source>
        <translation>Reproduciendo</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reanudar</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Guardando</translation>
    </message>
    <message>
        <source>Settings (Ctrl+,)</source>
        <translation>Configuración (Ctrl+,)</translation>
    </message>
    <message>
        <source>Show or hide what is read (Ctrl+L)</source>
        <translation>Mostrar u ocultar lo que se lee (Ctrl+L)</translation>
    </message>
    <message>
        <source>Source lost</source>
        <translation>Fuente perdida</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Iniciando</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
</context>
<context>
    <name>HelpPages</name>
    <message>
        <source>Key</source>
        <translation>Tecla</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Qué hace</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>Ayuda</translation>
    </message>
    <message>
        <source>No page has all these words.</source>
        <translation>Ninguna página tiene todas esas palabras.</translation>
    </message>
    <message>
        <source>Pages of help</source>
        <translation>Páginas de ayuda</translation>
    </message>
    <message>
        <source>Reading how often it is wrong</source>
        <translation>Leyendo con qué frecuencia se equivoca</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Search in the pages of help</source>
        <translation>Buscar en las páginas de ayuda</translation>
    </message>
</context>
<context>
    <name>Home</name>
    <message>
        <source>kept until {day}</source>
        <translation>se guarda hasta: {day}</translation>
    </message>
    <message>
        <source>marker “{text}”</source>
        <translation>marca «{text}»</translation>
    </message>
    <message>
        <source>most smiling after {length}</source>
        <translation>más sonrisas tras {length}</translation>
    </message>
    <message>
        <source>no face was read</source>
        <translation>no se leyó ningún rostro</translation>
    </message>
    <message>
        <source>no figures</source>
        <translation>sin cifras</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>en curso</translation>
    </message>
    <message>
        <source>recovered</source>
        <comment>of a lesson that a crash ended</comment>
        <translation>recuperada</translation>
    </message>
    <message>
        <source>{faces} of {cameras} read</source>
        <comment>faces read, of cameras that were on</comment>
        <translation>{faces} de {cameras} leídos</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Draw a region</source>
        <translation>Dibujar una zona</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>More sources</source>
        <translation>Otras fuentes</translation>
    </message>
    <message>
        <source>Only figures of the class are kept. No picture is saved, and nothing leaves this computer.</source>
        <translation>Solo se guardan cifras del grupo. No se guarda ninguna imagen y nada sale de este equipo.</translation>
    </message>
    <message>
        <source>Start a lesson</source>
        <translation>Empezar una clase</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Le damos la bienvenida</translation>
    </message>
    <message>
        <source>Your lessons</source>
        <translation>Sus clases</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>A &amp;class, or others</source>
        <translation>Una &amp;clase u otras personas</translation>
    </message>
    <message>
        <source>A CSV file that this program wrote becomes a lesson again.</source>
        <translation>Un archivo CSV que escribió este programa vuelve a ser una clase.</translation>
    </message>
    <message>
        <source>CSV file</source>
        <translation>Archivo CSV</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>Archivos CSV (*.csv)</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importar</translation>
    </message>
    <message>
        <source>Import a CSV</source>
        <translation>Importar un CSV</translation>
    </message>
    <message>
        <source>It is among your lessons now.</source>
        <translation>Ya está entre sus clases.</translation>
    </message>
    <message>
        <source>Only &amp;myself</source>
        <translation>Solo &amp;yo</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Leyendo…</translation>
    </message>
    <message>
        <source>The &amp;demo class</source>
        <translation>La clase de &amp;demostración</translation>
    </message>
    <message>
        <source>Who was seen?</source>
        <translation>¿A quién se veía?</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Add a marker; press twice to add it without a name</source>
        <translation>Agregar un marcador; pulse dos veces para agregarlo sin nombre</translation>
    </message>
    <message>
        <source>Arrows, Enter, Delete</source>
        <translation>Flechas, Intro, Supr</translation>
    </message>
    <message>
        <source>Arrows, Page Up and Down, Space</source>
        <translation>Flechas, Re Pág y Av Pág, Espacio</translation>
    </message>
    <message>
        <source>Arrows, Space</source>
        <translation>Flechas, Espacio</translation>
    </message>
    <message>
        <source>F2, Shift+F2, Delete</source>
        <translation>F2, Mayús+F2, Supr</translation>
    </message>
    <message>
        <source>In an opened lesson: go through it by seconds and minutes, play or pause</source>
        <translation>En una clase abierta: avanzar por segundos y minutos, reproducir o pausar</translation>
    </message>
    <message>
        <source>In any program, during a lesson: mark the moment</source>
        <translation>En cualquier programa, durante una clase: marcar el momento</translation>
    </message>
    <message>
        <source>In the lesson so far: move its cursor, rename the marker there, or remove it</source>
        <translation>En la clase hasta ahora: mover el cursor, cambiar el nombre del marcador que hay allí o eliminarlo</translation>
    </message>
    <message>
        <source>In the live view: move between faces, leave out or bring back</source>
        <translation>En la vista en vivo: pasar de un rostro a otro, excluirlo o volver a incluirlo</translation>
    </message>
    <message>
        <source>M</source>
        <translation>M</translation>
    </message>
    <message>
        <source>On a lesson in the list: give it a name, a class, or erase it</source>
        <translation>En una clase de la lista: darle un nombre, un grupo o borrarla</translation>
    </message>
    <message>
        <source>Pause or resume</source>
        <translation>Pausar o reanudar</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espacio</translation>
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
        <translation>&amp;Informe en PDF</translation>
    </message>
    <message>
        <source>&amp;Spreadsheet</source>
        <translation>&amp;Hoja de cálculo</translation>
    </message>
    <message>
        <source>A row for each second, for any program with tables.</source>
        <translation>Una fila por segundo, para cualquier programa con tablas.</translation>
    </message>
    <message>
        <source>All of the lesson, for other programs.</source>
        <translation>Toda la clase, para otros programas.</translation>
    </message>
    <message>
        <source>Figures, charts and moments for Excel or LibreOffice.</source>
        <translation>Cifras, gráficos y momentos para Excel o LibreOffice.</translation>
    </message>
    <message>
        <source>It needs pyarrow, which is not there.</source>
        <translation>Falta pyarrow.</translation>
    </message>
    <message>
        <source>One page to print or to keep.</source>
        <translation>Una página para imprimir o guardar.</translation>
    </message>
    <message>
        <source>Report as &amp;web page</source>
        <translation>Informe como página &amp;web</translation>
    </message>
    <message>
        <source>The rows for programs that analyse data.</source>
        <translation>Las filas para programas que analizan datos.</translation>
    </message>
    <message>
        <source>The same for a screen or a phone, with all moments.</source>
        <translation>Lo mismo para pantalla o teléfono, con todos los momentos.</translation>
    </message>
</context>
<context>
    <name>KnowingPage</name>
    <message>
        <source>A face that looks sad may be tired, reading, or listening closely.</source>
        <translation>Un rostro que parece triste puede estar cansado, leyendo o escuchando con atención.</translation>
    </message>
    <message>
        <source>About how many faces look neutral, smile, or look sad, afraid or angry.</source>
        <translation>Más o menos cuántos rostros parecen neutrales, sonríen o parecen tristes, asustados o enojados.</translation>
    </message>
    <message>
        <source>All, seven told apart</source>
        <translation>Todos, siete expresiones</translation>
    </message>
    <message>
        <source>Guesses about faces. Even on good photographs many are wrong, and of the faces shown as sad, afraid or angry often more than half; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>Son conjeturas sobre rostros. Incluso en buenas fotos muchas son falsas, y de los rostros mostrados como tristes, asustados o enojados, a menudo más de la mitad; un rostro mal leído suele seguir mal leído. Los cambios dicen más que los números.</translation>
    </message>
    <message>
        <source>Guesses about faces. How often they are wrong is not known of this network; expect more than one in three, and of the faces shown as sad, afraid or angry more than half; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>Son conjeturas sobre rostros. No se sabe con qué frecuencia falla esta red; espere más de una de cada tres, y de los rostros mostrados como tristes, asustados o enojados, más de la mitad; un rostro mal leído suele seguir mal leído. Los cambios dicen más que los números.</translation>
    </message>
    <message>
        <source>Guesses about faces. On photographs like yours more than half are wrong, and of the faces shown as sad, afraid or angry most; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>Son conjeturas sobre rostros. En fotos como las suyas más de la mitad son falsas, y de los rostros mostrados como tristes, asustados o enojados, la mayoría; un rostro mal leído suele seguir mal leído. Los cambios dicen más que los números.</translation>
    </message>
    <message>
        <source>Guesses about faces. On photographs like yours more than one in four is wrong, and of the faces shown as sad, afraid or angry often more than half; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>Son conjeturas sobre rostros. En fotos como las suyas falla más de una de cada cuatro, y de los rostros mostrados como tristes, asustados o enojados, a menudo más de la mitad; un rostro mal leído suele seguir mal leído. Los cambios dicen más que los números.</translation>
    </message>
    <message>
        <source>Guesses about faces. On photographs like yours more than one in three is wrong, and of the faces shown as sad, afraid or angry often more than half; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>Son conjeturas sobre rostros. En fotos como las suyas falla más de una de cada tres, y de los rostros mostrados como tristes, asustados o enojados, a menudo más de la mitad; un rostro mal leído suele seguir mal leído. Los cambios dicen más que los números.</translation>
    </message>
    <message>
        <source>How often the network in use is right was not measured.</source>
        <translation>No se ha medido con qué frecuencia acierta la red en uso.</translation>
    </message>
    <message>
        <source>It can say</source>
        <translation>Puede decir</translation>
    </message>
    <message>
        <source>It cannot say</source>
        <translation>No puede decir</translation>
    </message>
    <message>
        <source>It keeps such counts, one row a second, on this computer. No picture is kept or sent.</source>
        <translation>Guarda esos recuentos en este equipo, una fila por segundo. No se guarda ni se envía ninguna imagen.</translation>
    </message>
    <message>
        <source>Measured on clear photographs. In a call, faces are darker, blurred or turned, and more of them are misread.</source>
        <translation>Medido en fotos claras. En una videollamada los rostros son más oscuros, borrosos o girados, y más se leen mal.</translation>
    </message>
    <message>
        <source>Measured on clear photographs: on the left by the label that came with each, on the right by what most of ten people saw. In a call, faces are darker, blurred or turned, and more of them are misread.</source>
        <translation>Medido en fotos claras: a la izquierda según la etiqueta que traía cada una, a la derecha según lo que vio la mayoría de diez personas. En una videollamada los rostros son más oscuros, borrosos o girados, y más se leen mal.</translation>
    </message>
    <message>
        <source>Misread besides, of 100 faces less than {height} px high</source>
        <translation>Mal leídos además, de 100 rostros de menos de {height} px de alto</translation>
    </message>
    <message>
        <source>Misread, of 100 faces that look so</source>
        <translation>Mal leídos, de 100 rostros que parecen así</translation>
    </message>
    <message>
        <source>Neutral</source>
        <translation>Neutral</translation>
    </message>
    <message>
        <source>Reading how often it errs</source>
        <translation>Leyendo con qué frecuencia se equivoca</translation>
    </message>
    <message>
        <source>Sad, afraid or angry</source>
        <translation>Triste, asustado o enojado</translation>
    </message>
    <message>
        <source>Smiling</source>
        <translation>Sonriente</translation>
    </message>
    <message>
        <source>So never judge, grade or single out a person by it.</source>
        <translation>Por eso, nunca juzgue, califique ni señale a una persona por ello.</translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation>Sorprendido</translation>
    </message>
    <message>
        <source>What anybody feels, thinks or understands, or who listens.</source>
        <translation>Lo que alguien siente, piensa o entiende, o quién escucha.</translation>
    </message>
    <message>
        <source>What it can and cannot know</source>
        <translation>Qué puede saber y qué no</translation>
    </message>
    <message>
        <source>Whether that has changed, and on how many faces it rests.</source>
        <translation>Si eso ha cambiado y en cuántos rostros se basa.</translation>
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
        <translation>Rostros ahora</translation>
    </message>
    <message>
        <source>Not of this moment: {faces}</source>
        <translation>No es de este momento: {faces}</translation>
    </message>
    <message>
        <source>about {faces}</source>
        <comment>faces such as 3 smiling, 9 neutral</comment>
        <translation>unos {faces}</translation>
    </message>
</context>
<context>
    <name>LaneMenu</name>
    <message>
        <source>Choose what is shown below the chart</source>
        <translation>Elegir qué se muestra bajo el gráfico</translation>
    </message>
    <message>
        <source>Lanes…</source>
        <translation>Filas…</translation>
    </message>
    <message>
        <source>Smiling and coverage only</source>
        <translation>Solo sonrisas y cobertura</translation>
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
        <translation>Una clase en vivo</translation>
    </message>
    <message>
        <source>Answer both, and what follows from it is said here.</source>
        <translation>Responda a las dos, y aquí se dirá qué se sigue de ello.</translation>
    </message>
    <message>
        <source>Choose the first if anybody in the call is there.</source>
        <translation>Elija lo primero si alguien de la videollamada está allí.</translation>
    </message>
    <message>
        <source>Here the law of your country and the rules of your school decide. India restricts watching how children behave, and many other laws treat such figures as personal data.</source>
        <translation>Aquí deciden la ley de su país y las normas de su escuela. La India restringe observar cómo se comportan los niños, y muchas otras leyes tratan estas cifras como datos personales.</translation>
    </message>
    <message>
        <source>Here the law of your country decides. In many places those who work there, or who speaks for them, must have agreed first.</source>
        <translation>Aquí decide la ley de su país. En muchos lugares quienes trabajan allí, o quien los representa, deben haber aceptado antes.</translation>
    </message>
    <message>
        <source>Here the law of your country decides. Many laws treat such figures as personal data: tell those who are seen, and let them say no.</source>
        <translation>Aquí decide la ley de su país. Muchas leyes tratan estas cifras como datos personales: avise a quienes se ven y déjelos decir que no.</translation>
    </message>
    <message>
        <source>Outside of teaching and work the AI Act allows it, and whoever is seen must be told (Article 50(3)). Figures of people fall under the law of data protection as well.</source>
        <translation>Fuera de la enseñanza y el trabajo la Ley de IA lo permite, y hay que avisar a quien se vea (artículo 50, apartado 3). Las cifras sobre personas también están sujetas a la protección de datos.</translation>
    </message>
    <message>
        <source>Recordings and pictures of others</source>
        <translation>Grabaciones e imágenes de otros</translation>
    </message>
    <message>
        <source>Recordings of yourself</source>
        <translation>Grabaciones de usted</translation>
    </message>
    <message>
        <source>The demo class</source>
        <translation>La clase de demostración</translation>
    </message>
    <message>
        <source>This is Article 5(1)(f) of the AI Act. Its only exceptions are medical and safety reasons, and this program is made for neither.</source>
        <translation>Es el artículo 5, apartado 1, letra f, de la Ley de IA. Sus únicas excepciones son motivos médicos o de seguridad, y este programa no está hecho para ninguno.</translation>
    </message>
    <message>
        <source>This is no legal advice: ask whoever answers for it at your school or company.</source>
        <translation>Esto no es asesoría legal: pregunte a quien responda de ello en su escuela o empresa.</translation>
    </message>
    <message>
        <source>Where it may be used</source>
        <translation>Dónde se puede usar</translation>
    </message>
    <message>
        <source>With these answers all sources can be used.</source>
        <translation>Con estas respuestas se pueden usar todas las fuentes.</translation>
    </message>
    <message>
        <source>Your own camera</source>
        <translation>Su propia cámara</translation>
    </message>
    <message>
        <source>✓ can be used</source>
        <translation>✓ se puede usar</translation>
    </message>
    <message>
        <source>✕ stays off</source>
        <translation>✕ queda desactivado</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Beyond chance</source>
        <translation>Más que azar</translation>
    </message>
    <message>
        <source>Drawn where at least three faces look sad, afraid or angry; else among neutral.</source>
        <translation>Se dibuja si al menos tres rostros parecen tristes, asustados o enojados; si no, cuenta como neutral.</translation>
    </message>
    <message>
        <source>Show or hide {expression}</source>
        <translation>Mostrar u ocultar {expression}</translation>
    </message>
    <message>
        <source>Show {expression}</source>
        <translation>Mostrar {expression}</translation>
    </message>
    <message>
        <source>The other lesson</source>
        <translation>La otra clase</translation>
    </message>
    <message>
        <source>This lesson</source>
        <translation>Esta clase</translation>
    </message>
    <message>
        <source>Usual, middle 80 %</source>
        <translation>De costumbre, 80 % central</translation>
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
        <translation>se guarda hasta que usted la borre</translation>
    </message>
    <message>
        <source>kept until {day}</source>
        <translation>se guarda hasta: {day}</translation>
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
        <translation>Clase</translation>
    </message>
    <message>
        <source>Means over 30 s, of the faces read.</source>
        <translation>Promedios de 30 s, de los rostros leídos.</translation>
    </message>
    <message>
        <source>Nothing of this lesson was seen.</source>
        <translation>De esta clase no se vio nada.</translation>
    </message>
    <message>
        <source>Seven curves</source>
        <translation>Siete curvas</translation>
    </message>
    <message>
        <source>Show 10 min around the chosen moment</source>
        <translation>Mostrar 10 min en torno al momento elegido</translation>
    </message>
    <message>
        <source>Show seven curves</source>
        <translation>Mostrar siete curvas</translation>
    </message>
    <message>
        <source>Show the last 10 min</source>
        <translation>Mostrar los últimos 10 min</translation>
    </message>
    <message>
        <source>Show the whole lesson</source>
        <translation>Mostrar toda la clase</translation>
    </message>
    <message>
        <source>The lesson</source>
        <translation>La clase</translation>
    </message>
    <message>
        <source>The lesson appears here as soon as a face is read.</source>
        <translation>La clase aparece aquí en cuanto se lee un rostro.</translation>
    </message>
    <message>
        <source>The lesson so far</source>
        <translation>La clase hasta ahora</translation>
    </message>
    <message>
        <source>The lesson so far, as a chart</source>
        <translation>La clase hasta ahora, en un gráfico</translation>
    </message>
    <message>
        <source>The lesson, as a chart</source>
        <translation>La clase, como gráfico</translation>
    </message>
</context>
<context>
    <name>LessonFooter</name>
    <message>
        <source>Back to now</source>
        <translation>Volver a ahora</translation>
    </message>
</context>
<context>
    <name>LessonHeader</name>
    <message>
        <source>Back to your lessons</source>
        <translation>Volver a sus clases</translation>
    </message>
    <message>
        <source>Back to your lessons (Escape)</source>
        <translation>Volver a sus clases (Esc)</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Comparar…</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Informe</translation>
    </message>
    <message>
        <source>Spreadsheet</source>
        <translation>Hoja de cálculo</translation>
    </message>
    <message>
        <source>This lesson is being recorded: stop it first.</source>
        <translation>Esta clase está en curso: deténgala primero.</translation>
    </message>
</context>
<context>
    <name>LessonLabels</name>
    <message>
        <source>all</source>
        <translation>todos</translation>
    </message>
    <message>
        <source>half</source>
        <translation>la mitad</translation>
    </message>
    <message>
        <source>learning</source>
        <translation>aprendiendo</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguno</translation>
    </message>
    <message>
        <source>told of {count} faces or more</source>
        <translation>se dice desde {count} rostros</translation>
    </message>
    <message>
        <source>usually about {count}</source>
        <translation>de costumbre unos {count}</translation>
    </message>
    <message>
        <source>what is usual</source>
        <translation>lo habitual</translation>
    </message>
    <message>
        <source>{count} of {all}</source>
        <translation>{count} de {all}</translation>
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
        <translation>marcador {number}</translation>
    </message>
</context>
<context>
    <name>LessonMenu</name>
    <message>
        <source>&amp;Class</source>
        <translation>&amp;Grupo</translation>
    </message>
    <message>
        <source>&amp;Erase</source>
        <translation>&amp;Borrar</translation>
    </message>
    <message>
        <source>&amp;None</source>
        <translation>&amp;Ninguno</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Abrir</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Cambiar el nombre</translation>
    </message>
    <message>
        <source>&amp;Save as CSV, or erase what a marker says…</source>
        <translation>G&amp;uardar como CSV o borrar el texto de una marca…</translation>
    </message>
    <message>
        <source>Another &amp;class…</source>
        <translation>&amp;Otro grupo…</translation>
    </message>
    <message>
        <source>Erase: stop it first</source>
        <translation>Borrar: deténgala primero</translation>
    </message>
</context>
<context>
    <name>LessonPage</name>
    <message>
        <source>Lesson</source>
        <translation>Clase</translation>
    </message>
    <message>
        <source>Reading the lesson…</source>
        <translation>Leyendo la clase…</translation>
    </message>
</context>
<context>
    <name>LessonPlot</name>
    <message>
        <source>Press to rename or remove this marker</source>
        <translation>Pulse para cambiar o quitar esta marca</translation>
    </message>
    <message>
        <source>fewer in view</source>
        <translation>menos a la vista</translation>
    </message>
    <message>
        <source>fewer smiling</source>
        <translation>menos sonríen</translation>
    </message>
    <message>
        <source>more look low</source>
        <translation>más parecen tristes, asustados o enojados</translation>
    </message>
    <message>
        <source>more smiling</source>
        <translation>más sonríen</translation>
    </message>
    <message>
        <source>more surprised</source>
        <translation>más sorprendidos</translation>
    </message>
    <message>
        <source>more turned away</source>
        <translation>más girados</translation>
    </message>
</context>
<context>
    <name>LessonQuestions</name>
    <message numerus="yes">
        <source>Leave out again? %n last time: click them.</source>
        <translation>
            <numerusform>¿Excluir de nuevo? %n la última vez: haga clic.</numerusform>
            <numerusform>¿Excluir de nuevo? %n la última vez: haga clic.</numerusform>
        </translation>
    </message>
    <message>
        <source>Leave out again? 1 last time: click who it is.</source>
        <translation>¿Excluir de nuevo? 1 la última vez: haga clic.</translation>
    </message>
    <message>
        <source>Leave yourself out, and who was left out last time?</source>
        <translation>¿Excluirse a usted y a quienes excluyó la última vez?</translation>
    </message>
    <message>
        <source>Show the picture</source>
        <translation>Mostrar la imagen</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Omitir</translation>
    </message>
    <message>
        <source>Which is you? Click your own picture.</source>
        <translation>¿Cuál es usted? Haga clic en su imagen.</translation>
    </message>
    <message>
        <source>Which is you? You are left out then, and count nowhere.</source>
        <translation>¿Cuál es usted? Así queda excluido y no cuenta en ningún lado.</translation>
    </message>
</context>
<context>
    <name>LessonRows</name>
    <message>
        <source>Your lessons</source>
        <translation>Sus clases</translation>
    </message>
</context>
<context>
    <name>LessonView</name>
    <message>
        <source>Choose a moment below, or play: its squares appear here.</source>
        <translation>Elija un momento abajo, o reproduzca: sus cuadrados aparecen aquí.</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Clase</translation>
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
        <translation>0–2 de {faces}</translation>
    </message>
    <message>
        <source>About as usual</source>
        <translation>Más o menos como de costumbre</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>Descanso</translation>
    </message>
    <message>
        <source>Compared with the time before “{marker}”.</source>
        <translation>Comparado con el tiempo antes de “{marker}”.</translation>
    </message>
    <message>
        <source>Fewer faces than usual look sad, afraid or angry</source>
        <translation>Menos rostros que de costumbre parecen tristes, asustados o enojados</translation>
    </message>
    <message>
        <source>Fewer faces than usual look surprised</source>
        <translation>Menos rostros que de costumbre parecen sorprendidos</translation>
    </message>
    <message>
        <source>Fewer faces than usual smile</source>
        <translation>Menos rostros que de costumbre sonríen</translation>
    </message>
    <message>
        <source>Learning what is usual</source>
        <translation>Aprendiendo lo habitual</translation>
    </message>
    <message>
        <source>Learning what is usual.</source>
        <translation>Aprendiendo lo habitual.</translation>
    </message>
    <message>
        <source>Lesson so far, {time}: {groups}</source>
        <translation>Clase hasta ahora, {time}: {groups}</translation>
    </message>
    <message>
        <source>Lesson so far, {time}: {why}</source>
        <translation>Clase hasta ahora, {time}: {why}</translation>
    </message>
    <message>
        <source>Lesson so far: nothing was read yet.</source>
        <translation>Clase hasta ahora: todavía no se ha leído nada.</translation>
    </message>
    <message>
        <source>More faces than usual look sad, afraid or angry</source>
        <translation>Más rostros que de costumbre parecen tristes, asustados o enojados</translation>
    </message>
    <message>
        <source>More faces than usual look surprised</source>
        <translation>Más rostros que de costumbre parecen sorprendidos</translation>
    </message>
    <message>
        <source>More faces than usual smile</source>
        <translation>Más rostros que de costumbre sonríen</translation>
    </message>
    <message>
        <source>Ten minutes before: {groups}</source>
        <translation>Diez minutos antes: {groups}</translation>
    </message>
    <message>
        <source>The lesson took {time}.</source>
        <translation>La clase duró {time}.</translation>
    </message>
    <message>
        <source>about {count} of {faces}</source>
        <translation>unos {count} de {faces}</translation>
    </message>
    <message>
        <source>asleep</source>
        <translation>suspendido</translation>
    </message>
    <message>
        <source>cameras on</source>
        <translation>cámaras encendidas</translation>
    </message>
    <message>
        <source>covered</source>
        <translation>tapado</translation>
    </message>
    <message>
        <source>no face</source>
        <translation>sin rostro</translation>
    </message>
    <message>
        <source>no picture</source>
        <translation>sin imagen</translation>
    </message>
    <message>
        <source>not seen</source>
        <translation>no se ve</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pausa</translation>
    </message>
    <message>
        <source>read</source>
        <translation>leídos</translation>
    </message>
    <message>
        <source>sad, afraid or angry</source>
        <translation>triste, asustado o enojado</translation>
    </message>
    <message>
        <source>smiling</source>
        <translation>sonriente</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>empezando</translation>
    </message>
    <message>
        <source>surprised</source>
        <translation>sorprendido</translation>
    </message>
    <message>
        <source>too few faces</source>
        <translation>muy pocos rostros</translation>
    </message>
    <message>
        <source>too slow</source>
        <translation>demasiado lento</translation>
    </message>
    <message>
        <source>turned away</source>
        <translation>girado</translation>
    </message>
    <message>
        <source>usually 0–2</source>
        <translation>de costumbre 0–2</translation>
    </message>
    <message>
        <source>usually about {count}</source>
        <translation>de costumbre unos {count}</translation>
    </message>
    <message>
        <source>{count} of {all}</source>
        <translation>{count} de {all}</translation>
    </message>
    <message>
        <source>{count} read</source>
        <translation>{count} leídos</translation>
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
        <translation>Grupo de demostración: rostros generados, no es una clase real</translation>
    </message>
</context>
<context>
    <name>Listed</name>
    <message numerus="yes">
        <source>%n lessons</source>
        <translation>
            <numerusform>%n clase</numerusform>
            <numerusform>%n clases</numerusform>
        </translation>
    </message>
    <message>
        <source>1 lesson</source>
        <translation>1 clase</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Cambiar…</translation>
    </message>
    <message>
        <source>Kept for {days} days, then erased.</source>
        <translation>Se guardan {days} días y después se borran.</translation>
    </message>
    <message>
        <source>Kept until the next lesson or start, then erased.</source>
        <translation>Se guardan hasta la próxima clase o el próximo inicio; después se borran.</translation>
    </message>
    <message>
        <source>Kept until you erase them.</source>
        <translation>Se guardan hasta que las borre.</translation>
    </message>
    <message>
        <source>Save or erase…</source>
        <translation>Guardar o borrar…</translation>
    </message>
    <message>
        <source>Search lessons, classes, markers</source>
        <translation>Buscar clases, grupos, marcas</translation>
    </message>
    <message>
        <source>This lesson</source>
        <translation>Esta clase</translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message>
        <source>Click to leave it out</source>
        <translation>Haga clic para excluirlo</translation>
    </message>
    <message>
        <source>Everybody found is left out. Click somebody to bring them back</source>
        <translation>Todos los encontrados están excluidos. Haga clic en alguien para volver a incluirlo</translation>
    </message>
    <message>
        <source>Face {number} of {many}</source>
        <translation>Rostro {number} de {many}</translation>
    </message>
    <message numerus="yes">
        <source>Figures of the class are shown from %n readable faces on</source>
        <translation>
            <numerusform>Las cifras del grupo se muestran a partir de %n rostro leído</numerusform>
            <numerusform>Las cifras del grupo se muestran a partir de %n rostros leídos</numerusform>
        </translation>
    </message>
    <message>
        <source>Left out: click to bring it back</source>
        <translation>Excluido: haga clic para volver a incluirlo</translation>
    </message>
    <message>
        <source>Live view</source>
        <translation>Vista en vivo</translation>
    </message>
    <message>
        <source>No camera is on</source>
        <translation>No hay cámaras encendidas</translation>
    </message>
    <message>
        <source>No face found in this picture</source>
        <translation>No se encontró ningún rostro en esta imagen</translation>
    </message>
    <message>
        <source>No face is large and clear enough to read</source>
        <translation>Ningún rostro es lo bastante grande y claro para leerlo</translation>
    </message>
    <message>
        <source>Not counted: {reason}</source>
        <translation>No cuenta: {reason}</translation>
    </message>
    <message>
        <source>Not readable: {reason}, {height} px tall</source>
        <translation>No se puede leer: {reason}, {height} px de alto</translation>
    </message>
    <message>
        <source>Not sure: it counts as “not sure”.</source>
        <translation>Dudoso: cuenta como «dudoso».</translation>
    </message>
    <message>
        <source>Not sure: {expressions}</source>
        <translation>Dudoso: {expressions}</translation>
    </message>
    <message>
        <source>Read. It counts in the class.</source>
        <translation>Se lee. Cuenta para el grupo.</translation>
    </message>
    <message>
        <source>Seat {seat}</source>
        <translation>Puesto {seat}</translation>
    </message>
    <message>
        <source>Seat {seat}: here for less than a minute</source>
        <translation>Puesto {seat}: está desde hace menos de un minuto</translation>
    </message>
    <message>
        <source>Seat {seat}: here for {minutes} min</source>
        <translation>Puesto {seat}: está desde hace {minutes} min</translation>
    </message>
    <message>
        <source>Tile {number} of {many}</source>
        <translation>Recuadro {number} de {many}</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>excluido</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>dudoso</translation>
    </message>
    <message>
        <source>you</source>
        <comment>the user&apos;s own tile</comment>
        <translation>usted</translation>
    </message>
    <message>
        <source>{columns} × {rows} tiles</source>
        <translation>{columns} × {rows} recuadros</translation>
    </message>
    <message>
        <source>{expression} {percent} %</source>
        <comment>happy 82 %</comment>
        <translation>{expression} {percent} %</translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n faces</source>
        <translation>
            <numerusform>{readable} de %n rostro</numerusform>
            <numerusform>{readable} de %n rostros</numerusform>
        </translation>
    </message>
    <message>
        <source>{readable} of 1 face</source>
        <translation>{readable} de 1 rostro</translation>
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
        <translation>Cambiar respuestas</translation>
    </message>
    <message>
        <source>Only I am in it</source>
        <translation>Solo salgo yo</translation>
    </message>
</context>
<context>
    <name>MarkerFlag</name>
    <message>
        <source>Brown</source>
        <translation>Marrón</translation>
    </message>
    <message>
        <source>Choose a marker first: then this gives it another colour</source>
        <translation>Elija primero una marca: esto le da entonces otro color</translation>
    </message>
    <message>
        <source>Colour of the chosen marker</source>
        <translation>Color de la marca elegida</translation>
    </message>
    <message>
        <source>Colour of the marker at {time}</source>
        <translation>Color del marcador de {time}</translation>
    </message>
    <message>
        <source>Colour: {colour}. Press for the next</source>
        <translation>Color: {colour}. Pulse para el siguiente</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Gris</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Verde azulado</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violeta</translation>
    </message>
</context>
<context>
    <name>MarkerList</name>
    <message>
        <source>Removed: {name}</source>
        <translation>Eliminado: {name}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
</context>
<context>
    <name>MarkerPopover</name>
    <message>
        <source>Name of the marker</source>
        <translation>Nombre del marcador</translation>
    </message>
    <message>
        <source>Name of this moment (optional)</source>
        <translation>Nombre de este momento (opcional)</translation>
    </message>
    <message>
        <source>The moment is marked. Enter: done · Esc: take it back</source>
        <translation>El momento está marcado. Intro: listo · Esc: retirar</translation>
    </message>
</context>
<context>
    <name>MarkerRow</name>
    <message>
        <source>Name of the marker at {time}</source>
        <translation>Nombre del marcador en {time}</translation>
    </message>
    <message>
        <source>Remove the marker at {time}</source>
        <translation>Eliminar el marcador de {time}</translation>
    </message>
    <message>
        <source>Remove this marker</source>
        <translation>Eliminar este marcador</translation>
    </message>
</context>
<context>
    <name>Marking</name>
    <message>
        <source>Marked at {time}: {name}</source>
        <translation>Marcado en {time}: {name}</translation>
    </message>
    <message>
        <source>Marked: {name}</source>
        <translation>Marcado: {name}</translation>
    </message>
    <message>
        <source>No marker is set yet</source>
        <translation>Aún no hay ninguna marca</translation>
    </message>
    <message>
        <source>Nothing marked: no frame has come yet</source>
        <translation>No se marcó nada: aún no ha llegado ninguna imagen</translation>
    </message>
    <message>
        <source>Nothing to compare with: set a marker first</source>
        <translation>Nada con qué comparar: ponga antes un marcador</translation>
    </message>
    <message>
        <source>The marker is taken back</source>
        <translation>La marca se ha retirado</translation>
    </message>
    <message>
        <source>marker {number}</source>
        <translation>marcador {number}</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;About FER Desktop</source>
        <translation>&amp;Acerca de FER Desktop</translation>
    </message>
    <message>
        <source>&amp;Back up all…</source>
        <translation>&amp;Copia de seguridad…</translation>
    </message>
    <message>
        <source>&amp;Bring everybody back</source>
        <translation>&amp;Volver a incluir a todos</translation>
    </message>
    <message>
        <source>&amp;Cameras and all others</source>
        <translation>Cámaras &amp;y todas las demás</translation>
    </message>
    <message>
        <source>&amp;Change answers…</source>
        <translation>&amp;Cambiar respuestas…</translation>
    </message>
    <message>
        <source>&amp;Compare with the last marker</source>
        <translation>&amp;Comparar con el último marcador</translation>
    </message>
    <message>
        <source>&amp;Demo class</source>
        <translation>Clase de &amp;demostración</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <source>&amp;First steps and help</source>
        <translation>&amp;Primeros pasos y ayuda</translation>
    </message>
    <message>
        <source>&amp;Folder of pictures…</source>
        <translation>&amp;Carpeta de imágenes…</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>&amp;Pantalla completa</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;yuda</translation>
    </message>
    <message>
        <source>&amp;Import a CSV…</source>
        <translation>&amp;Importar un CSV…</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>Atajos de &amp;teclado</translation>
    </message>
    <message>
        <source>&amp;Lesson</source>
        <translation>&amp;Clase</translation>
    </message>
    <message>
        <source>&amp;Marker…	M</source>
        <translation>&amp;Marcador…	M</translation>
    </message>
    <message>
        <source>&amp;Mini strip</source>
        <translation>&amp;Barra pequeña</translation>
    </message>
    <message>
        <source>&amp;Part of the screen…</source>
        <translation>&amp;Parte de la pantalla…</translation>
    </message>
    <message>
        <source>&amp;Pause	Space</source>
        <translation>&amp;Pausar	Espacio</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Salir</translation>
    </message>
    <message>
        <source>&amp;Recording or pictures…</source>
        <translation>&amp;Grabación o imágenes…</translation>
    </message>
    <message>
        <source>&amp;Restore…</source>
        <translation>&amp;Restaurar…</translation>
    </message>
    <message>
        <source>&amp;Resume	Space</source>
        <translation>&amp;Reanudar	Espacio</translation>
    </message>
    <message>
        <source>&amp;Seats</source>
        <translation>P&amp;uestos</translation>
    </message>
    <message>
        <source>&amp;Stop and save</source>
        <translation>&amp;Detener y guardar</translation>
    </message>
    <message>
        <source>&amp;This is me…</source>
        <translation>Soy &amp;yo…</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>&amp;Window…</source>
        <translation>&amp;Ventana…</translation>
    </message>
    <message>
        <source>&amp;Your lessons</source>
        <translation>S&amp;us clases</translation>
    </message>
    <message>
        <source>About the &amp;model</source>
        <translation>Acerca del &amp;modelo</translation>
    </message>
    <message>
        <source>All less&amp;ons</source>
        <translation>Todas las clas&amp;es</translation>
    </message>
    <message>
        <source>Change mar&amp;kers…</source>
        <translation>Cambiar marc&amp;as…</translation>
    </message>
    <message>
        <source>F&amp;ind a lesson</source>
        <translation>Busc&amp;ar una clase</translation>
    </message>
    <message>
        <source>Fold what is &amp;read away</source>
        <translation>P&amp;legar lo que se lee</translation>
    </message>
    <message>
        <source>R&amp;esume after Stop</source>
        <translation>R&amp;eanudar tras detener</translation>
    </message>
    <message>
        <source>S&amp;ave or erase lessons…</source>
        <translation>Guardar o &amp;borrar clases…</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>C&amp;onfiguración…</translation>
    </message>
    <message>
        <source>S&amp;tream…</source>
        <translation>&amp;Transmisión…</translation>
    </message>
    <message>
        <source>Start a &amp;lesson</source>
        <translation>Empezar una c&amp;lase</translation>
    </message>
    <message>
        <source>When something goes &amp;wrong</source>
        <translation>C&amp;uando algo falla</translation>
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
        <translation>Un archivo .keras necesita TensorFlow; uno .tflite no necesita nada más.</translation>
    </message>
    <message>
        <source>A USB disk was pulled out, or a network drive cannot be reached.</source>
        <translation>Se quitó un disco USB o no se llega a una unidad de red.</translation>
    </message>
    <message>
        <source>A backup of a newer version needs that version: install it first.</source>
        <translation>Una copia de una versión más nueva necesita esa versión: instálela primero.</translation>
    </message>
    <message>
        <source>A backup or CSV cannot be taken over</source>
        <translation>No se puede tomar una copia de seguridad o un CSV</translation>
    </message>
    <message>
        <source>A break: nobody is in sight.</source>
        <translation>Un descanso: no se ve a nadie.</translation>
    </message>
    <message>
        <source>A change is named from {least} faces of {faces} on, once it lasts: smaller ones can be chance.</source>
        <translation>Un cambio se nombra a partir de {least} de {faces} caras, si dura: los menores pueden ser casualidad.</translation>
    </message>
    <message>
        <source>A change is reported when at least three faces differ (more in a large class) for 20 seconds.</source>
        <translation>Se informa de un cambio cuando al menos tres rostros (más en un grupo grande) son distintos durante 20 segundos.</translation>
    </message>
    <message>
        <source>A face is not a feeling. These figures judge nobody, and name nobody.</source>
        <translation>Una cara no es un sentimiento. Estas cifras no juzgan ni nombran a nadie.</translation>
    </message>
    <message>
        <source>A fault in the program</source>
        <translation>Un fallo del programa</translation>
    </message>
    <message>
        <source>A fault in the program was met; what happened is in the log file.</source>
        <translation>Hubo un fallo en el programa; lo ocurrido consta en el archivo de registro.</translation>
    </message>
    <message>
        <source>A few words and a bar that stay on top while you present.</source>
        <translation>Unas palabras y una barra que quedan siempre a la vista mientras presenta.</translation>
    </message>
    <message>
        <source>A file can no longer be written. While a session runs, unsaved seconds wait in memory.</source>
        <translation>Un archivo ya no se puede escribir. Durante una sesión, los segundos sin guardar esperan en la memoria.</translation>
    </message>
    <message>
        <source>A file or folder cannot be written</source>
        <translation>No se puede escribir un archivo o una carpeta</translation>
    </message>
    <message>
        <source>A file that belongs to the program is missing or has been changed.</source>
        <translation>Un archivo del programa falta o fue cambiado.</translation>
    </message>
    <message>
        <source>A file with that name already exists and is not overwritten.</source>
        <translation>Ya existe un archivo con ese nombre y no se reemplaza.</translation>
    </message>
    <message>
        <source>A laptop slows down on battery or when it is hot.</source>
        <translation>Una laptop va más lenta con batería o cuando se calienta.</translation>
    </message>
    <message>
        <source>A lesson</source>
        <translation>Una clase</translation>
    </message>
    <message>
        <source>A lesson is erased automatically after 30 days, or when “Lessons are kept” in the settings says so.</source>
        <translation>Una clase se borra sola a los 30 días, o cuando lo diga “Las clases se conservan” en la configuración.</translation>
    </message>
    <message>
        <source>A lesson is no longer there</source>
        <translation>Una clase ya no está</translation>
    </message>
    <message>
        <source>A line</source>
        <translation>Una línea</translation>
    </message>
    <message>
        <source>A line and a sound</source>
        <translation>Una línea y un sonido</translation>
    </message>
    <message>
        <source>A monitor was unplugged, switched off, or changed in size.</source>
        <translation>Un monitor se desconectó, se apagó o cambió de tamaño.</translation>
    </message>
    <message>
        <source>A picture cannot be read</source>
        <translation>No se puede leer una imagen</translation>
    </message>
    <message>
        <source>A picture you chose cannot be opened. Others in the same folder are still read.</source>
        <translation>Una imagen elegida no se abre. Las demás de la misma carpeta sí se leen.</translation>
    </message>
    <message>
        <source>A question may read the views lesson, second and moment, and nothing else: see docs/store.md.</source>
        <translation>Una pregunta puede leer las vistas lesson, second y moment, y nada más: vea docs/store.md.</translation>
    </message>
    <message>
        <source>A row for each participant: camera, face in view, read or why not, since when; never an expression</source>
        <translation>Una fila por participante: cámara, rostro a la vista, leído o por qué no, desde cuándo; nunca una expresión</translation>
    </message>
    <message>
        <source>A session is being recorded: end it, then repair the store.</source>
        <translation>Hay una sesión en curso: termínela y repare después el almacén.</translation>
    </message>
    <message>
        <source>A session of the soak did not begin.</source>
        <translation>Una sesión de la prueba de resistencia no comenzó.</translation>
    </message>
    <message>
        <source>A session of the soak was not saved.</source>
        <translation>Una sesión de la prueba de resistencia no se guardó.</translation>
    </message>
    <message>
        <source>A stream&apos;s address begins with http://, https:// or rtsp:// and names a computer: correct it.</source>
        <translation>La dirección de una transmisión comienza con http://, https:// o rtsp:// y nombra un equipo: corríjala.</translation>
    </message>
    <message>
        <source>A window of {program} covers the chosen window: move one of them aside, and the session goes on.</source>
        <translation>Una ventana de {program} cubre la ventana elegida: aparte una de las dos y la sesión continuará.</translation>
    </message>
    <message>
        <source>About as usual.</source>
        <translation>Más o menos como de costumbre.</translation>
    </message>
    <message>
        <source>About the same throughout.</source>
        <translation>Más o menos igual todo el tiempo.</translation>
    </message>
    <message>
        <source>About {faces} of {cameras} cameras that were on were read, for {length} of {whole}.</source>
        <translation>Se leyeron unas {faces} de {cameras} cámaras encendidas, durante {length} de {whole}.</translation>
    </message>
    <message>
        <source>After a crash or power cut, the lesson is there up to about the last second, and the program offers it at the next start.</source>
        <translation>Tras un fallo o un corte de luz, la clase está ahí hasta aproximadamente el último segundo, y el programa la ofrece al iniciar de nuevo.</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Avisos</translation>
    </message>
    <message>
        <source>Alerts need ten faces or more, and report good news as well as bad.</source>
        <translation>Los avisos necesitan diez rostros o más y también dan buenas noticias.</translation>
    </message>
    <message>
        <source>All cameras are off, or everybody was left out.</source>
        <translation>Todas las cámaras están apagadas o todos quedaron excluidos.</translation>
    </message>
    <message>
        <source>An alert is one quiet line under the sentence: at most one every five minutes, three a lesson, and none in the first five minutes.</source>
        <translation>Un aviso es una línea discreta bajo la frase: como máximo uno cada cinco minutos, tres por clase y ninguno en los primeros cinco minutos.</translation>
    </message>
    <message>
        <source>An alert is told by</source>
        <translation>Un aviso se da con</translation>
    </message>
    <message>
        <source>An alert when fewer faces than usual smile</source>
        <translation>Un aviso cuando menos rostros que de costumbre sonríen</translation>
    </message>
    <message>
        <source>An alert when more cameras than usual show no face</source>
        <translation>Un aviso cuando más cámaras que de costumbre no muestran un rostro</translation>
    </message>
    <message>
        <source>An alert when more faces than usual are turned away</source>
        <translation>Un aviso cuando más rostros que de costumbre están girados</translation>
    </message>
    <message>
        <source>An alert when more faces than usual look sad, afraid or angry</source>
        <translation>Un aviso cuando más rostros que de costumbre parecen tristes, asustados o enojados</translation>
    </message>
    <message>
        <source>An alert when more faces than usual look surprised</source>
        <translation>Un aviso cuando más rostros que de costumbre parecen sorprendidos</translation>
    </message>
    <message>
        <source>An alert when more faces than usual smile</source>
        <translation>Un aviso cuando más rostros que de costumbre sonríen</translation>
    </message>
    <message>
        <source>Another file was put in the place of the session&apos;s: all of it is written again, to {path}.</source>
        <translation>Otro archivo ocupó el lugar del de la sesión: todo se escribe de nuevo en {path}.</translation>
    </message>
    <message>
        <source>Another program, usually the call itself, is using it. Many cameras serve only one program at a time.</source>
        <translation>Otro programa, normalmente la propia videollamada, la está usando. Muchas cámaras sirven a un solo programa a la vez.</translation>
    </message>
    <message>
        <source>Another window covers 1 of {pictures} pictures: move it aside to read it.</source>
        <translation>Otra ventana tapa 1 de {pictures} imágenes: apártela para que se lea.</translation>
    </message>
    <message>
        <source>Another window covers the chosen window: move one of them aside, and the session goes on.</source>
        <translation>Otra ventana cubre la ventana elegida: aparte una de las dos y la sesión continuará.</translation>
    </message>
    <message>
        <source>Another window covers {count} of {pictures} pictures: move it aside to read them.</source>
        <translation>Otra ventana tapa {count} de {pictures} imágenes: apártela para que se lean.</translation>
    </message>
    <message>
        <source>Another window of this program is recording: this session is kept in its CSV file alone until that one ends.</source>
        <translation>Otra ventana de este programa está guardando datos: hasta que termine, esta sesión se guarda solo en su archivo CSV.</translation>
    </message>
    <message>
        <source>Another window records</source>
        <translation>Otra ventana está guardando</translation>
    </message>
    <message>
        <source>Answer the questions on the three short pages. They decide what may be opened where you are.</source>
        <translation>Responda las preguntas de las tres páginas breves. De ellas depende qué se puede abrir donde usted está.</translation>
    </message>
    <message>
        <source>Answers, settings and the program</source>
        <translation>Respuestas, configuración y programa</translation>
    </message>
    <message>
        <source>Any alert may be a misreading, and many changes are missed: silence says nothing about the class.</source>
        <translation>Cualquier aviso puede ser un error de lectura y muchos cambios se escapan: el silencio no dice nada del grupo.</translation>
    </message>
    <message>
        <source>Anybody who does not want to be read is left out, no reason asked.</source>
        <translation>Quien no quiera ser leído queda excluido, sin preguntar por qué.</translation>
    </message>
    <message>
        <source>Are you the only person in the recording? Press “Only I am in it”.</source>
        <translation>¿Es usted la única persona en la grabación? Pulse “Solo salgo yo”.</translation>
    </message>
    <message>
        <source>As before</source>
        <translation>Como antes</translation>
    </message>
    <message>
        <source>As the network has it</source>
        <translation>Lo que indique la red</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>Como siempre</translation>
    </message>
    <message>
        <source>Ask if others would like to switch their cameras on. Nobody has to.</source>
        <translation>Pregunte si otros quieren encender la cámara. Nadie está obligado.</translation>
    </message>
    <message>
        <source>Ask whoever looks after the camera for a user name that may watch it.</source>
        <translation>Pida a quien cuida la cámara un usuario que pueda verla.</translation>
    </message>
    <message>
        <source>Asleep</source>
        <translation>Suspendido</translation>
    </message>
    <message>
        <source>At most one in the quiet time and three a lesson, none in the first five minutes. Any may be a misreading.</source>
        <translation>Como máximo uno durante el silencio y tres por clase, ninguno en los primeros cinco minutos. Cualquiera puede ser una lectura errónea.</translation>
    </message>
    <message>
        <source>Before anything is read, you are asked where the class is and what the calls are for. With your answers, or without any, this source stays off.</source>
        <translation>Antes de leer nada se le pregunta dónde está el grupo y para qué son las llamadas. Con sus respuestas, o sin ellas, esta fuente queda desactivada.</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>Descanso</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Ocupado</translation>
    </message>
    <message>
        <source>CSV file</source>
        <translation>Archivo CSV</translation>
    </message>
    <message>
        <source>CSV files are saved in</source>
        <translation>Carpeta de los archivos CSV</translation>
    </message>
    <message>
        <source>Cameras, streams and recordings</source>
        <translation>Cámaras, transmisiones y grabaciones</translation>
    </message>
    <message>
        <source>Carry on. If nothing is read any more, press “Stop” and begin another session.</source>
        <translation>Siga. Si ya no se lee nada, pulse “Detener” y empiece otra sesión.</translation>
    </message>
    <message>
        <source>Check in the system’s privacy settings that programs may use the camera.</source>
        <translation>Compruebe en la privacidad del sistema que los programas pueden usar la cámara.</translation>
    </message>
    <message>
        <source>Check that this computer is on the same network as the sender.</source>
        <translation>Compruebe que esta computadora está en la misma red que el emisor.</translation>
    </message>
    <message>
        <source>Choose the file again in the settings, which ask for what is missing.</source>
        <translation>Elija otra vez el archivo en la configuración, que pregunta lo que falta.</translation>
    </message>
    <message>
        <source>Choose the file as this program wrote it, and copy it again from where it was made.</source>
        <translation>Elija el archivo tal como lo escribió este programa y cópielo de nuevo desde donde se hizo.</translation>
    </message>
    <message>
        <source>Clear the field in the settings to use the built-in one.</source>
        <translation>Vacíe el campo en la configuración para usar el incorporado.</translation>
    </message>
    <message>
        <source>Click the call in the taskbar or dock: the session goes on by itself.</source>
        <translation>Haga clic en la videollamada en la barra de tareas o el dock: la sesión sigue sola.</translation>
    </message>
    <message>
        <source>Click the person’s tile: it goes dark and is no longer counted. Click again to bring it back.</source>
        <translation>Haga clic en el recuadro de la persona: se oscurece y ya no se cuenta. Otro clic la vuelve a incluir.</translation>
    </message>
    <message>
        <source>Close programs and browser tabs that you do not need.</source>
        <translation>Cierre los programas y pestañas que no necesite.</translation>
    </message>
    <message>
        <source>Close the program and start it again: it repairs what it can.</source>
        <translation>Cierre el programa y ábralo de nuevo: repara lo que puede.</translation>
    </message>
    <message>
        <source>Close “Saved lessons” and open it again.</source>
        <translation>Cierre “Clases guardadas” y vuelva a abrirlo.</translation>
    </message>
    <message>
        <source>Compare each face with how it usually looks</source>
        <translation>Comparar cada rostro con su aspecto habitual</translation>
    </message>
    <message>
        <source>Compared: {minutes} min.</source>
        <translation>Comparado: {minutes} min.</translation>
    </message>
    <message>
        <source>Copies are saved in</source>
        <translation>Las copias se guardan en</translation>
    </message>
    <message>
        <source>Copy it to one of your own folders and choose it there.</source>
        <translation>Cópiela a una de sus carpetas y elíjala allí.</translation>
    </message>
    <message>
        <source>Copy the address from the camera’s manual or settings.</source>
        <translation>Copie la dirección del manual o de la configuración de la cámara.</translation>
    </message>
    <message>
        <source>Copying or downloading it was interrupted.</source>
        <translation>Se interrumpió la copia o la descarga.</translation>
    </message>
    <message>
        <source>Correct the value named in the message.</source>
        <translation>Corrija el valor que dice el mensaje.</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Cobertura</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>Tapado</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>Detector or network failed {times} times in a row, and nothing is read any more: stop the session, and begin another.</source>
        <translation>El detector o la red neuronal falló {times} veces seguidas y ya no se lee nada: detenga la sesión y comience otra.</translation>
    </message>
    <message>
        <source>Detector or network gave no answer for {seconds} s; they are loaded again.</source>
        <translation>El detector o la red neuronal no respondió durante {seconds} s; se cargan de nuevo.</translation>
    </message>
    <message>
        <source>Detector score from which a face is readable</source>
        <translation>Puntuación del detector a partir de la cual se lee un rostro</translation>
    </message>
    <message>
        <source>Deutsch</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>Different networks read them: what differs may be the networks&apos;, and is not told.</source>
        <translation>Las leyeron redes distintas: lo que difiere puede deberse a las redes y no se dice.</translation>
    </message>
    <message>
        <source>Disks and saved lessons</source>
        <translation>Discos y clases guardadas</translation>
    </message>
    <message>
        <source>Does it happen again? Copy what is important, and have the disk checked.</source>
        <translation>¿Vuelve a pasar? Copie lo importante y haga revisar el disco.</translation>
    </message>
    <message>
        <source>Download or copy it once more, and compare the sizes of both files.</source>
        <translation>Descárguela o cópiela otra vez y compare el tamaño de ambos archivos.</translation>
    </message>
    <message>
        <source>Drag it anywhere. It remembers its place for these screens.</source>
        <translation>Arrástrela a donde quiera. Recuerda su lugar para estas pantallas.</translation>
    </message>
    <message>
        <source>Each face is compared with how it usually looks</source>
        <translation>Cada rostro se compara con su aspecto habitual</translation>
    </message>
    <message>
        <source>Each of the {n_expressions} classes is needed once: {expressions}.</source>
        <translation>Cada una de las {n_expressions} categorías debe aparecer una vez: {expressions}.</translation>
    </message>
    <message>
        <source>Earlier seconds hold only counts of the class. If that is too much, erase the lesson.</source>
        <translation>Los segundos anteriores solo contienen cifras del grupo. Si es demasiado, borre la clase.</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>En otro lugar</translation>
    </message>
    <message>
        <source>Elsewhere, the law of your country and the rules of your school decide. This is not legal advice.</source>
        <translation>En otros lugares deciden la ley de su país y las normas de su escuela. Esto no es asesoramiento legal.</translation>
    </message>
    <message>
        <source>Empty the bin and delete or move large files. An hour of a lesson takes a few megabytes.</source>
        <translation>Vacíe la papelera y borre o mueva archivos grandes. Una hora de clase ocupa unos pocos megabytes.</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Erasing</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Español</source>
        <translation>Español</translation>
    </message>
    <message>
        <source>FER Desktop, in your documents</source>
        <translation>FER Desktop, en sus documentos</translation>
    </message>
    <message>
        <source>Face detector</source>
        <translation>Detector de rostros</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Rostros</translation>
    </message>
    <message>
        <source>Faces are found, but they are too small or badly lit to read, so they are not counted.</source>
        <translation>Se encuentran rostros, pero son muy pequeños o están mal iluminados para leerlos, así que no se cuentan.</translation>
    </message>
    <message>
        <source>Faces are too small, dark or bright</source>
        <translation>Los rostros son muy pequeños, oscuros o claros</translation>
    </message>
    <message>
        <source>Few cameras are on, or many faces are too small.</source>
        <translation>Hay pocas cámaras encendidas o muchos rostros son muy pequeños.</translation>
    </message>
    <message>
        <source>Fewer faces looked sad, afraid or angry than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}.</source>
        <translation>Menos rostros parecían tristes, asustados o enfadados que en la otra clase, {when}: unos {now} de {faces}, allí {other} de {others}.</translation>
    </message>
    <message>
        <source>Fewer faces looked sad, afraid or angry than is usual in this class, {when}: about {now} of {faces}, usually {other}.</source>
        <translation>Menos rostros parecían tristes, asustados o enfadados que de costumbre en este grupo, {when}: unos {now} de {faces}, normalmente {other}.</translation>
    </message>
    <message>
        <source>Fewer faces looked surprised than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}.</source>
        <translation>Menos rostros parecían sorprendidos que en la otra clase, {when}: unos {now} de {faces}, allí {other} de {others}.</translation>
    </message>
    <message>
        <source>Fewer faces looked surprised than is usual in this class, {when}: about {now} of {faces}, usually {other}.</source>
        <translation>Menos rostros parecían sorprendidos que de costumbre en este grupo, {when}: unos {now} de {faces}, normalmente {other}.</translation>
    </message>
    <message>
        <source>Fewer faces smiled than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}.</source>
        <translation>Menos rostros sonreían que en la otra clase, {when}: unos {now} de {faces}, allí {other} de {others}.</translation>
    </message>
    <message>
        <source>Fewer faces smiled than is usual in this class, {when}: about {now} of {faces}, usually {other}.</source>
        <translation>Menos rostros sonreían que de costumbre en este grupo, {when}: unos {now} de {faces}, normalmente {other}.</translation>
    </message>
    <message>
        <source>Fewer faces than usual smile (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Menos rostros que de costumbre sonríen (unos {now} de {of}, de costumbre {usual}). Puede ser una lectura errónea.</translation>
    </message>
    <message>
        <source>Fewer faces than usual smile: about {now}, usually {usual}.</source>
        <translation>Menos rostros que de costumbre sonríen: unos {now}, de costumbre {usual}.</translation>
    </message>
    <message>
        <source>Fewer faces than usual smiled: about {now} of {of}, usually {usual}; for {length}.</source>
        <translation>Sonreían menos caras que de costumbre: unas {now} de {of}, normalmente {usual}; durante {length}.</translation>
    </message>
    <message>
        <source>Fewer smile than usual</source>
        <translation>Sonríen&#xa0;menos&#xa0;que&#xa0;de&#xa0;costumbre</translation>
    </message>
    <message>
        <source>Fewer smiled until {time}.</source>
        <translation>Menos sonrieron hasta {time}.</translation>
    </message>
    <message>
        <source>Fewer smiling</source>
        <translation>Menos sonríen</translation>
    </message>
    <message>
        <source>Figures of fewer than 5 faces would tell of persons.</source>
        <translation>Las cifras de menos de 5 rostros hablarían de personas.</translation>
    </message>
    <message>
        <source>Figures of fewer than 5 faces would tell of persons: nothing is compared.</source>
        <translation>Las cifras de menos de 5 rostros hablarían de personas: no se compara nada.</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Primeros pasos</translation>
    </message>
    <message>
        <source>For 180 days</source>
        <translation>Durante 180 días</translation>
    </message>
    <message>
        <source>For 30 days</source>
        <translation>Durante 30 días</translation>
    </message>
    <message>
        <source>For 7 days</source>
        <translation>Durante 7 días</translation>
    </message>
    <message>
        <source>For a class, figures are shown and kept only from five readable faces up. Fewer would describe individual people.</source>
        <translation>De un grupo, las cifras solo se muestran y guardan desde cinco rostros legibles. Menos describirían a personas concretas.</translation>
    </message>
    <message>
        <source>For a while nothing was read. The lesson has a gap there and goes on.</source>
        <translation>Durante un rato no se leyó nada. La clase tiene ahí un hueco y sigue.</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>Para siempre</translation>
    </message>
    <message>
        <source>Frames cannot be read because of a fault in the program.</source>
        <translation>No se pueden leer imágenes por un fallo en el programa.</translation>
    </message>
    <message>
        <source>Français</source>
        <translation>Français</translation>
    </message>
    <message>
        <source>Free some space or make the folder named in the message writable, then accept again.</source>
        <translation>Libere espacio o permita escribir en la carpeta que dice el mensaje, y acepte otra vez.</translation>
    </message>
    <message>
        <source>Height in the frame from which a face is readable</source>
        <translation>Altura en la imagen a partir de la cual se lee un rostro</translation>
    </message>
    <message>
        <source>How an alert is told. A sound may be heard in the call too, unless you wear headphones</source>
        <translation>Cómo se da un aviso. Un sonido también puede oírse en la llamada, salvo que use auriculares</translation>
    </message>
    <message>
        <source>How large the window&apos;s words are</source>
        <translation>El tamaño de las palabras de la ventana</translation>
    </message>
    <message>
        <source>How long a session is kept; then it is erased for good, with its CSV file</source>
        <translation>Cuánto tiempo se conserva una sesión; después se borra definitivamente, con su archivo CSV</translation>
    </message>
    <message>
        <source>How long there is no other alert</source>
        <translation>Cuánto tiempo no hay otro aviso</translation>
    </message>
    <message>
        <source>How many cameras and faces the figures rest on. If only a few of many are read, the figures describe those few.</source>
        <translation>En cuántas cámaras y rostros se basan las cifras. Si se leen pocos de muchos, las cifras describen a esos pocos.</translation>
    </message>
    <message>
        <source>How many frames a second are analyzed at most</source>
        <translation>Cuántas imágenes por segundo se analizan como máximo</translation>
    </message>
    <message>
        <source>How much it takes for an alert</source>
        <translation>Cuánto hace falta para un aviso</translation>
    </message>
    <message>
        <source>How often it is wrong</source>
        <translation>Con qué frecuencia se equivoca</translation>
    </message>
    <message>
        <source>How often the network errs was not measured: expect more than one face in three to be misread.</source>
        <translation>No se midió cuánto se equivoca la red: cuente con más de una de cada tres caras mal leídas.</translation>
    </message>
    <message>
        <source>How readily</source>
        <translation>Sensibilidad</translation>
    </message>
    <message>
        <source>Hz</source>
        <translation>Hz</translation>
    </message>
    <message>
        <source>I have read this, and my answers are true</source>
        <translation>He leído esto y mis respuestas son ciertas</translation>
    </message>
    <message>
        <source>If a player can show it, save it as MP4 there or with a converter.</source>
        <translation>Si un reproductor la muestra, guárdela como MP4 con él o con un conversor.</translation>
    </message>
    <message>
        <source>If it happens again, look at what the virus scanner has quarantined.</source>
        <translation>Si vuelve a pasar, mire la cuarentena del antivirus.</translation>
    </message>
    <message>
        <source>If not, press “Stop”, and choose the window or draw the part again.</source>
        <translation>Si no, pulse “Detener” y elija la ventana o dibuje la parte otra vez.</translation>
    </message>
    <message>
        <source>If nothing helps, press “Stop”: what was read is saved.</source>
        <translation>Si nada ayuda, pulse “Detener”: lo que se leyó queda guardado.</translation>
    </message>
    <message>
        <source>If off, a lesson is kept in this program only; you can save it as CSV later.</source>
        <translation>Si está desactivado, la clase se conserva solo en este programa; puede guardarla como CSV más adelante.</translation>
    </message>
    <message>
        <source>In the EU and EEA the AI Act forbids reading expressions in teaching and at work, with consent or without.</source>
        <translation>En la UE y el EEE, la Ley de IA prohíbe leer expresiones en la enseñanza y el trabajo, con o sin consentimiento.</translation>
    </message>
    <message>
        <source>In the EU and EEA the AI Act, Article 5(1)(f), forbids inferring emotions in education and at work, even with consent. Live classes and recordings of others stay off there.</source>
        <translation>En la UE y el EEE, la Ley de IA, artículo 5(1)(f), prohíbe inferir emociones en la educación y el trabajo, incluso con consentimiento. Allí las clases en vivo y las grabaciones de otros quedan desactivadas.</translation>
    </message>
    <message>
        <source>In the EU or EEA</source>
        <translation>En la UE o el EEE</translation>
    </message>
    <message>
        <source>In the settings you choose whether it is the line alone, the line with one sound, or nothing.</source>
        <translation>En los ajustes elige si es solo la línea, la línea con un sonido o nada.</translation>
    </message>
    <message>
        <source>In the user name and password, write %40 for @, %2F for /, %3F for ?, %23 for # and %3A for a colon.</source>
        <translation>En el usuario y la contraseña, escriba %40 por @, %2F por /, %3F por ?, %23 por # y %3A por dos puntos.</translation>
    </message>
    <message>
        <source>Install a font for it, such as Noto Sans Devanagari for Hindi.</source>
        <translation>Instale una fuente para él, como Noto Sans Devanagari para el hindi.</translation>
    </message>
    <message>
        <source>Install the program again. Your lessons and settings are kept.</source>
        <translation>Instale el programa de nuevo. Sus clases y su configuración se conservan.</translation>
    </message>
    <message>
        <source>Is it very large, such as a panorama? Make it smaller.</source>
        <translation>¿Es muy grande, como una panorámica? Redúzcala.</translation>
    </message>
    <message>
        <source>Is the lesson over? Press “Stop”; otherwise it ends by itself after five minutes.</source>
        <translation>¿Terminó la clase? Pulse “Detener”; si no, termina sola a los cinco minutos.</translation>
    </message>
    <message>
        <source>Is there no other copy? The figures up to there are in “Saved lessons”.</source>
        <translation>¿No hay otra copia? Las cifras hasta ahí están en “Clases guardadas”.</translation>
    </message>
    <message>
        <source>It appears when this window is minimised or covered, or has no room beside the call. You can also choose “Mini strip” in the “View” menu.</source>
        <translation>Aparece cuando esta ventana está minimizada o tapada, o no cabe junto a la videollamada. También puede elegir “Barra pequeña” en el menú “Ver”.</translation>
    </message>
    <message>
        <source>It came from a file, which does not say what was usual.</source>
        <translation>Viene de un archivo, que no dice qué era lo habitual.</translation>
    </message>
    <message>
        <source>It does not distinguish the seven expressions, or expects another kind of picture.</source>
        <translation>No distingue las siete expresiones o espera otro tipo de imagen.</translation>
    </message>
    <message>
        <source>It has an unknown format, such as HEIC, or is damaged or no longer there.</source>
        <translation>Tiene un formato desconocido, como HEIC, o está dañada o ya no está.</translation>
    </message>
    <message>
        <source>It is a bug in the program, not something you did.</source>
        <translation>Es un error del programa, no algo que usted hizo.</translation>
    </message>
    <message>
        <source>It is another kind of file, or was changed, for example in a spreadsheet.</source>
        <translation>Es otro tipo de archivo o se modificó, por ejemplo en una hoja de cálculo.</translation>
    </message>
    <message>
        <source>It is minimised, on another desktop, or moved off the screen.</source>
        <translation>Está minimizada, en otro escritorio o fuera de la pantalla.</translation>
    </message>
    <message>
        <source>It is not certain where the password ends in this address: in a user or password write @ as %40, / as %2F, ? as %3F, # as %23 and : as %3A.</source>
        <translation>No está claro dónde termina la contraseña en esta dirección: en el usuario o la contraseña escriba @ como %40, / como %2F, ? como %3F, # como %23 y : como %3A.</translation>
    </message>
    <message>
        <source>It is unplugged, or switched off by a key or a lens cover.</source>
        <translation>Está desconectada, o apagada con una tecla o una tapa.</translation>
    </message>
    <message>
        <source>It says what is read, that it is often wrong, that only counts are kept, and how to be left out.</source>
        <translation>Dice qué se lee, que a menudo es erróneo, que solo se guardan cifras y cómo quedar excluido.</translation>
    </message>
    <message>
        <source>It says what most faces show, then the largest difference from usual that is unlikely to be chance.</source>
        <translation>Dice qué muestra la mayoría de los rostros y luego la mayor diferencia con lo habitual que difícilmente es casualidad.</translation>
    </message>
    <message>
        <source>It says whose camera is off, who is not in view and who has left, and never what a face shows. It is of this moment, and nothing of it is kept. You can give aliases there.</source>
        <translation>Dice qué cámara está apagada, quién está fuera de vista y quién se fue, nunca lo que muestra un rostro. Vale para este momento y no se conserva nada. Allí puede poner apodos.</translation>
    </message>
    <message>
        <source>It was changed by hand, or its folder cannot be written.</source>
        <translation>Se cambió a mano, o no se puede escribir en su carpeta.</translation>
    </message>
    <message>
        <source>It was copied only in part, or its disk reports errors.</source>
        <translation>Se copió solo en parte, o su disco da errores.</translation>
    </message>
    <message>
        <source>It was moved or deleted, is damaged, is not a video, or you are not allowed to read it.</source>
        <translation>Se movió o se borró, está dañado, no es un video o usted no puede leerlo.</translation>
    </message>
    <message>
        <source>It was saved from a spreadsheet, or moved by a program that tidies up folders.</source>
        <translation>Se guardó desde una hoja de cálculo o lo movió un programa que ordena carpetas.</translation>
    </message>
    <message>
        <source>It was written by a newer version of this program.</source>
        <translation>Lo escribió una versión más nueva de este programa.</translation>
    </message>
    <message>
        <source>Its beginning is missing, or the password contains characters with a special meaning.</source>
        <translation>Falta el principio, o la contraseña tiene caracteres con un significado especial.</translation>
    </message>
    <message>
        <source>Its buttons pause, add a marker, and bring the window back.</source>
        <translation>Sus botones pausan, agregan un marcador y traen de vuelta la ventana.</translation>
    </message>
    <message>
        <source>Its cable is loose.</source>
        <translation>Su cable está flojo.</translation>
    </message>
    <message>
        <source>Its description, the .json file beside it, is missing or wrong.</source>
        <translation>Su descripción, el archivo .json que lo acompaña, falta o es incorrecta.</translation>
    </message>
    <message>
        <source>Its disk is full or does not answer, or another program has locked it.</source>
        <translation>Su disco está lleno o no responde, u otro programa lo bloqueó.</translation>
    </message>
    <message>
        <source>Its figures were lost when the saved lessons were damaged.</source>
        <translation>Sus cifras se perdieron cuando se dañaron las clases guardadas.</translation>
    </message>
    <message>
        <source>Its lesson is among yours already.</source>
        <translation>Su clase ya está entre las suyas.</translation>
    </message>
    <message>
        <source>Its window&apos;s title, its file&apos;s path or its address without secrets. Off, none is kept, and the one that was is forgotten.</source>
        <translation>El título de su ventana, la ruta de su archivo o su dirección sin datos secretos. Si está desactivado, no se conserva nada y se olvida lo que había.</translation>
    </message>
    <message>
        <source>Keep teaching: what is waiting is written as soon as there is room, even after “Stop”.</source>
        <translation>Siga con la clase: lo que espera se escribe en cuanto haya espacio, incluso después de “Detener”.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Language and appearance</source>
        <translation>Idioma y aspecto</translation>
    </message>
    <message>
        <source>Last source</source>
        <translation>Última fuente</translation>
    </message>
    <message>
        <source>Learning what is usual.</source>
        <translation>Aprendiendo lo habitual.</translation>
    </message>
    <message>
        <source>Learning, {minutes} min left</source>
        <translation>Aprende, faltan {minutes} min</translation>
    </message>
    <message>
        <source>Leaving somebody out</source>
        <translation>Excluir a alguien</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Menos movimiento</translation>
    </message>
    <message>
        <source>Less than {minutes} min of both were seen: too little to compare.</source>
        <translation>Se vieron menos de {minutes} min de ambas: muy poco para comparar.</translation>
    </message>
    <message>
        <source>Lessons are kept</source>
        <translation>Las clases se conservan</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Light or dark window</source>
        <translation>Ventana clara u oscura</translation>
    </message>
    <message>
        <source>Linux with Wayland does not let programs see the screen this way.</source>
        <translation>Linux con Wayland no deja que los programas vean la pantalla así.</translation>
    </message>
    <message>
        <source>Linux: log out, choose a session named X11 or Xorg when you log in, and start again.</source>
        <translation>Linux: cierre la sesión, elija al entrar una sesión llamada X11 o Xorg e inicie de nuevo.</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aspecto</translation>
    </message>
    <message>
        <source>Look at “What is read”: does it show the faces?</source>
        <translation>Mire “Lo que se lee”: ¿muestra los rostros?</translation>
    </message>
    <message>
        <source>Look for its CSV file in the folder “FER Desktop” in your documents.</source>
        <translation>Busque su archivo CSV en la carpeta “FER Desktop” de sus documentos.</translation>
    </message>
    <message>
        <source>Look for the CSV file of a lost lesson; it is often intact.</source>
        <translation>Busque el archivo CSV de una clase perdida; a menudo está intacto.</translation>
    </message>
    <message>
        <source>Lower “Updates a second, at most” in the settings; 2 is enough for a class.</source>
        <translation>Baje “Lecturas/s, máximo” en la configuración; 2 bastan para un grupo.</translation>
    </message>
    <message>
        <source>Mac: open System Settings, Privacy &amp; Security, Screen Recording. Allow this program, and open it again.</source>
        <translation>Mac: abra Ajustes del Sistema, Privacidad y seguridad, Grabación de pantalla. Permita este programa y vuelva a abrirlo.</translation>
    </message>
    <message>
        <source>Made on this computer. No picture was kept.</source>
        <translation>Hecho en este ordenador. No se guardó ninguna imagen.</translation>
    </message>
    <message>
        <source>Make the call’s window larger, so that more faces can be read.</source>
        <translation>Agrande la ventana de la videollamada para que se puedan leer más rostros.</translation>
    </message>
    <message>
        <source>Make the call’s window larger: {count} of {faces} faces are too small to read.</source>
        <translation>Agrande&#xa0;la&#xa0;ventana&#xa0;de&#xa0;la&#xa0;videollamada:&#xa0;{count}&#xa0;de&#xa0;{faces}&#xa0;rostros&#xa0;son&#xa0;demasiado&#xa0;pequeños&#xa0;para&#xa0;leerlos.</translation>
    </message>
    <message>
        <source>Make the call’s window larger; full screen is best.</source>
        <translation>Agrande la ventana de la videollamada; lo mejor es pantalla completa.</translation>
    </message>
    <message>
        <source>Many looked surprised until {time}.</source>
        <translation>Muchos parecieron sorprendidos hasta {time}.</translation>
    </message>
    <message>
        <source>Many smiled until {time}.</source>
        <translation>Muchos sonrieron hasta {time}.</translation>
    </message>
    <message>
        <source>Many smiling</source>
        <translation>Muchos sonríen</translation>
    </message>
    <message>
        <source>Many surprised</source>
        <translation>Sorpresa</translation>
    </message>
    <message>
        <source>Markers are missing in the files or in the store.</source>
        <translation>Faltan marcadores en los archivos o en el almacén.</translation>
    </message>
    <message>
        <source>Markers of the same name: {count}.</source>
        <translation>Marcadores del mismo nombre: {count}.</translation>
    </message>
    <message>
        <source>Meet shows {shown} of {size}; more tiles can be set in Meet’s layout.</source>
        <translation>Meet muestra {shown} de {size}; en el diseño de Meet se pueden poner más mosaicos.</translation>
    </message>
    <message>
        <source>Mixed.</source>
        <translation>Variado.</translation>
    </message>
    <message>
        <source>Moment</source>
        <translation>Momento</translation>
    </message>
    <message>
        <source>Moments</source>
        <translation>Momentos</translation>
    </message>
    <message>
        <source>Moments without room here: {count}. They stand in the report as a web page.</source>
        <translation>Momentos sin sitio aquí: {count}. Están en el informe como página web.</translation>
    </message>
    <message>
        <source>More are not in view</source>
        <translation>Más&#xa0;no&#xa0;están&#xa0;a&#xa0;la&#xa0;vista</translation>
    </message>
    <message>
        <source>More are turned away</source>
        <translation>Más&#xa0;miran&#xa0;a&#xa0;otro&#xa0;lado</translation>
    </message>
    <message>
        <source>More cameras than usual show no face (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Más cámaras que de costumbre no muestran un rostro (unas {now} de {of}, de costumbre {usual}). Puede ser una lectura errónea.</translation>
    </message>
    <message>
        <source>More faces looked sad, afraid or angry than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}.</source>
        <translation>Más rostros parecían tristes, asustados o enfadados que en la otra clase, {when}: unos {now} de {faces}, allí {other} de {others}.</translation>
    </message>
    <message>
        <source>More faces looked sad, afraid or angry than is usual in this class, {when}: about {now} of {faces}, usually {other}.</source>
        <translation>Más rostros parecían tristes, asustados o enfadados que de costumbre en este grupo, {when}: unos {now} de {faces}, normalmente {other}.</translation>
    </message>
    <message>
        <source>More faces looked surprised than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}.</source>
        <translation>Más rostros parecían sorprendidos que en la otra clase, {when}: unos {now} de {faces}, allí {other} de {others}.</translation>
    </message>
    <message>
        <source>More faces looked surprised than is usual in this class, {when}: about {now} of {faces}, usually {other}.</source>
        <translation>Más rostros parecían sorprendidos que de costumbre en este grupo, {when}: unos {now} de {faces}, normalmente {other}.</translation>
    </message>
    <message>
        <source>More faces smiled than in the other lesson, {when}: about {now} of {faces}, there {other} of {others}.</source>
        <translation>Más rostros sonreían que en la otra clase, {when}: unos {now} de {faces}, allí {other} de {others}.</translation>
    </message>
    <message>
        <source>More faces smiled than is usual in this class, {when}: about {now} of {faces}, usually {other}.</source>
        <translation>Más rostros sonreían que de costumbre en este grupo, {when}: unos {now} de {faces}, normalmente {other}.</translation>
    </message>
    <message>
        <source>More faces than usual are turned away (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Más rostros que de costumbre están girados (unos {now} de {of}, de costumbre {usual}). Puede ser una lectura errónea.</translation>
    </message>
    <message>
        <source>More faces than usual look sad, afraid or angry (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Más rostros que de costumbre parecen tristes, asustados o enojados (unos {now} de {of}, de costumbre {usual}). Puede ser una lectura errónea.</translation>
    </message>
    <message>
        <source>More faces than usual look sad, afraid or angry: about {now}, usually {usual}.</source>
        <translation>Más parecen tristes, asustados o enojados: unos {now}, de costumbre {usual}.</translation>
    </message>
    <message>
        <source>More faces than usual look surprised (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Más rostros que de costumbre parecen sorprendidos (unos {now} de {of}, de costumbre {usual}). Puede ser una lectura errónea.</translation>
    </message>
    <message>
        <source>More faces than usual look surprised: about {now}, usually {usual}.</source>
        <translation>Más rostros que de costumbre parecen sorprendidos: unos {now}, de costumbre {usual}.</translation>
    </message>
    <message>
        <source>More faces than usual looked sad, afraid or angry: about {now} of {of}, usually {usual}; for {length}.</source>
        <translation>Más caras que de costumbre parecían tristes, asustadas o enfadadas: unas {now} de {of}, normalmente {usual}; durante {length}.</translation>
    </message>
    <message>
        <source>More faces than usual looked surprised: about {now} of {of}, usually {usual}; for {length}.</source>
        <translation>Más caras que de costumbre parecían sorprendidas: unas {now} de {of}, normalmente {usual}; durante {length}.</translation>
    </message>
    <message>
        <source>More faces than usual smile (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Más rostros que de costumbre sonríen (unos {now} de {of}, de costumbre {usual}). Puede ser una lectura errónea.</translation>
    </message>
    <message>
        <source>More faces than usual smile: about {now}, usually {usual}.</source>
        <translation>Más rostros que de costumbre sonríen: unos {now}, de costumbre {usual}.</translation>
    </message>
    <message>
        <source>More faces than usual smiled: about {now} of {of}, usually {usual}; for {length}.</source>
        <translation>Sonreían más caras que de costumbre: unas {now} de {of}, normalmente {usual}; durante {length}.</translation>
    </message>
    <message>
        <source>More look low?</source>
        <translation>¿Más decaídos?</translation>
    </message>
    <message>
        <source>More look sad, afraid or angry</source>
        <translation>Más&#xa0;parecen&#xa0;tristes,&#xa0;asustados&#xa0;o&#xa0;enojados</translation>
    </message>
    <message>
        <source>More look surprised</source>
        <translation>Más&#xa0;parecen&#xa0;sorprendidos</translation>
    </message>
    <message>
        <source>More looked sad, afraid or angry until {time}.</source>
        <translation>Más parecieron tristes, asustados o enojados hasta {time}.</translation>
    </message>
    <message>
        <source>More smile than usual</source>
        <translation>Sonríen&#xa0;más&#xa0;que&#xa0;de&#xa0;costumbre</translation>
    </message>
    <message>
        <source>Most changed at {time}: fewer faces than usual smiled.</source>
        <translation>El mayor cambio a {time}: menos rostros que de costumbre sonreían.</translation>
    </message>
    <message>
        <source>Most changed at {time}: more faces than usual looked sad, afraid or angry.</source>
        <translation>El mayor cambio a {time}: más rostros que de costumbre parecían tristes, asustados o enojados.</translation>
    </message>
    <message>
        <source>Most changed at {time}: more faces than usual looked surprised.</source>
        <translation>El mayor cambio a {time}: más rostros que de costumbre parecían sorprendidos.</translation>
    </message>
    <message>
        <source>Most changed at {time}: more faces than usual smiled.</source>
        <translation>El mayor cambio a {time}: más rostros que de costumbre sonreían.</translation>
    </message>
    <message>
        <source>Most look sad, afraid or angry.</source>
        <translation>La mayoría parecen tristes, asustados o enojados.</translation>
    </message>
    <message>
        <source>Most look surprised.</source>
        <translation>La mayoría parecen sorprendidos.</translation>
    </message>
    <message>
        <source>Mostly neutral.</source>
        <translation>Sobre todo neutral.</translation>
    </message>
    <message>
        <source>Mostly smiling.</source>
        <translation>La mayoría sonríe.</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Movimiento</translation>
    </message>
    <message>
        <source>Move it aside. The main window can give way to the mini strip ({key}).</source>
        <translation>Apártela. La ventana principal puede dejar paso a la barra pequeña ({key}).</translation>
    </message>
    <message>
        <source>Move one of the two windows aside: the session goes on by itself.</source>
        <translation>Aparte una de las dos ventanas: la sesión sigue sola.</translation>
    </message>
    <message>
        <source>Nearly all smile.</source>
        <translation>Casi todos sonríen.</translation>
    </message>
    <message>
        <source>Nearly all smiled until {time}.</source>
        <translation>Casi todos sonrieron hasta {time}.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Red neuronal</translation>
    </message>
    <message>
        <source>Network files</source>
        <translation>Archivos de redes</translation>
    </message>
    <message>
        <source>Network taught by</source>
        <translation>La red aprendió de</translation>
    </message>
    <message>
        <source>Never use it to grade, rank, judge or discipline anybody.</source>
        <translation>Nunca lo use para calificar, comparar, juzgar o sancionar a nadie.</translation>
    </message>
    <message>
        <source>No camera was found: connect one, then start again.</source>
        <translation>No se encontró ninguna cámara: conecte una y vuelva a empezar.</translation>
    </message>
    <message>
        <source>No face is read</source>
        <translation>Ningún rostro</translation>
    </message>
    <message>
        <source>No face is read.</source>
        <translation>No se lee ningún rostro.</translation>
    </message>
    <message>
        <source>No face was read in one of them: nothing is compared.</source>
        <translation>En una de ellas no se leyó ningún rostro: no se compara nada.</translation>
    </message>
    <message>
        <source>No figures of lesson {id} are stored: there is nothing to write.</source>
        <translation>No hay cifras guardadas de la clase {id}: no hay nada que escribir.</translation>
    </message>
    <message>
        <source>No figures of this lesson are left with the others: its CSV file is {file}</source>
        <translation>No quedan cifras de esta clase con las demás: su archivo CSV es {file}</translation>
    </message>
    <message>
        <source>No figures of this lesson are left: there is nothing to save.</source>
        <translation>No quedan cifras de esta clase: no hay nada que guardar.</translation>
    </message>
    <message>
        <source>No font on this computer has the letters of the chosen language, so the window is in English.</source>
        <translation>Ninguna fuente de esta computadora tiene las letras del idioma elegido, por eso la ventana está en inglés.</translation>
    </message>
    <message>
        <source>No gallery or face is found</source>
        <translation>No se encuentra galería ni rostro</translation>
    </message>
    <message>
        <source>No lesson is stored: there is nothing to ask.</source>
        <translation>No hay ninguna clase guardada: no hay nada que preguntar.</translation>
    </message>
    <message>
        <source>No lesson is stored: there is nothing to back up.</source>
        <translation>No hay ninguna clase guardada: no hay nada que copiar.</translation>
    </message>
    <message>
        <source>No longer smiling</source>
        <translation>Ya no sonríen</translation>
    </message>
    <message>
        <source>No markers have the same name: they can be laid over one another by time alone.</source>
        <translation>Ningún marcador tiene el mismo nombre: solo se pueden superponer por el tiempo.</translation>
    </message>
    <message>
        <source>No monitor was found; connect one and try again.</source>
        <translation>No se encontró ningún monitor; conecte uno e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>No new pictures arrive. The program tries again by itself; until then nothing is read.</source>
        <translation>No llegan imágenes nuevas. El programa lo intenta de nuevo solo; mientras tanto no se lee nada.</translation>
    </message>
    <message>
        <source>No picture in {folder} has a line in {boxes_file}: add one with the box of its face.</source>
        <translation>Ninguna imagen de {folder} tiene una línea en {boxes_file}: agregue una con el marco de su rostro.</translation>
    </message>
    <message>
        <source>No pictures come from the stream</source>
        <translation>No llegan imágenes de la transmisión</translation>
    </message>
    <message>
        <source>No pictures come from {name}: check the address and the network, then start again.</source>
        <translation>No llegan imágenes de {name}: compruebe la dirección y la red y vuelva a empezar.</translation>
    </message>
    <message>
        <source>Nobody has said yet where the class is and what the calls are for: open the window, and answer both there.</source>
        <translation>Nadie ha dicho aún dónde está la clase ni para qué son las videollamadas: abra la ventana y responda allí a las dos preguntas.</translation>
    </message>
    <message>
        <source>None was named, and nothing changed that chance would not explain.</source>
        <translation>No se nombró ninguno, y no cambió nada que la casualidad no explicaría.</translation>
    </message>
    <message>
        <source>Normally</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Not enough faces</source>
        <translation>Pocos rostros</translation>
    </message>
    <message>
        <source>Not enough faces.</source>
        <translation>Muy pocos rostros.</translation>
    </message>
    <message>
        <source>Not for grading, appraisal or discipline.</source>
        <translation>No sirve para calificar, evaluar ni sancionar.</translation>
    </message>
    <message>
        <source>Not in view</source>
        <translation>Fuera de vista</translation>
    </message>
    <message>
        <source>Nothing can be written in the folder {folder}: choose another.</source>
        <translation>No se puede escribir en la carpeta {folder}: elija otra.</translation>
    </message>
    <message>
        <source>Nothing of the file was taken, and your lessons are as they were.</source>
        <translation>No se tomó nada del archivo, y sus clases están como estaban.</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation>Todavía no se ha leído nada</translation>
    </message>
    <message>
        <source>Nothing read yet.</source>
        <translation>Todavía no se ha leído nada.</translation>
    </message>
    <message>
        <source>Nothing that chance would not explain.</source>
        <translation>Nada que el azar no explicaría.</translation>
    </message>
    <message>
        <source>Nothing: alerts are off</source>
        <translation>Nada: los avisos están desactivados</translation>
    </message>
    <message>
        <source>Of 100 faces on clear photographs about {wrong} are misread, of 100 that look sad, afraid or angry about {low}; in a call more are, and a face misread tends to stay misread.</source>
        <translation>De 100 caras en fotos nítidas se leen mal unas {wrong}, de 100 que parecen tristes, asustadas o enfadadas unas {low}; en una llamada son más, y una cara mal leída suele seguir así.</translation>
    </message>
    <message>
        <source>Of fewer than 10 faces only what most of them show is told.</source>
        <translation>De menos de 10 caras solo se dice lo que muestra la mayoría.</translation>
    </message>
    <message>
        <source>Of fewer than {least} faces only what most of them show is told. This lesson: {this}</source>
        <translation>De menos de {least} rostros solo se dice lo que muestra la mayoría. Esta clase: {this}</translation>
    </message>
    <message>
        <source>Of fewer than {least} faces only what most of them show is told. This lesson: {this} The other lesson: {other}</source>
        <translation>De menos de {least} rostros solo se dice lo que muestra la mayoría. Esta clase: {this} La otra clase: {other}</translation>
    </message>
    <message>
        <source>On this computer only: counts of the class, second by second, and the text of your markers. No pictures.</source>
        <translation>Solo en esta computadora: cifras del grupo, segundo a segundo, y el texto de sus marcadores. Ninguna imagen.</translation>
    </message>
    <message>
        <source>On what this rests</source>
        <translation>En qué se basa</translation>
    </message>
    <message>
        <source>One per camera, sorted by what it shows and never by seat: smiling on the left; sad, afraid or angry on the right.</source>
        <translation>Uno por cámara, ordenado por lo que muestra y nunca por el lugar: a la izquierda los que sonríen; a la derecha tristes, asustados o enojados.</translation>
    </message>
    <message>
        <source>One screen? Make the call smaller and place it beside the slides.</source>
        <translation>¿Una pantalla? Haga la videollamada más pequeña y póngala junto a las diapositivas.</translation>
    </message>
    <message>
        <source>Only one window of the program records at a time, and a lesson that is being recorded cannot be erased.</source>
        <translation>Solo una ventana del programa guarda a la vez, y una clase en curso no se puede borrar.</translation>
    </message>
    <message>
        <source>Only what is visible on the screen is read. Who is under another window keeps their place and is not read. While it covers most of the call, the session waits.</source>
        <translation>Solo se lee lo que se ve en la pantalla. Quien está debajo de otra ventana conserva su lugar y no se lee. Mientras tape la mayor parte de la llamada, la sesión espera.</translation>
    </message>
    <message>
        <source>Open a lesson’s file only after pressing “Stop”.</source>
        <translation>Abra el archivo de una clase solo después de “Detener”.</translation>
    </message>
    <message>
        <source>Open it in a picture viewer, and save it as JPEG or PNG.</source>
        <translation>Ábrala en un visor de imágenes y guárdela como JPEG o PNG.</translation>
    </message>
    <message>
        <source>Open the call again: the program keeps looking for it.</source>
        <translation>Vuelva a abrir la videollamada: el programa la sigue buscando.</translation>
    </message>
    <message>
        <source>Open “What is read” if it is hidden.</source>
        <translation>Abra “Lo que se lee” si está oculto.</translation>
    </message>
    <message>
        <source>Or choose another folder in the settings, under “CSV files are saved in”.</source>
        <translation>O elija otra carpeta en la configuración, en “Carpeta de los archivos CSV”.</translation>
    </message>
    <message>
        <source>Or choose the call’s window instead: it is followed wherever it moves.</source>
        <translation>O elija la ventana de la videollamada: se la sigue a donde vaya.</translation>
    </message>
    <message>
        <source>Or delete the file and start again with the default settings. Your lessons are kept.</source>
        <translation>O borre el archivo y empiece de nuevo con los valores iniciales. Sus clases se conservan.</translation>
    </message>
    <message>
        <source>Or download YuNet’s .onnx file again and choose it in the settings.</source>
        <translation>O descargue otra vez el archivo .onnx de YuNet y elíjalo en la configuración.</translation>
    </message>
    <message>
        <source>Or press “Stop”, and draw the part again for a new lesson.</source>
        <translation>O pulse “Detener” y dibuje otra vez la parte para una clase nueva.</translation>
    </message>
    <message>
        <source>Or press “Stop”, and start a new lesson with the call’s window.</source>
        <translation>O pulse “Detener” y empiece una clase nueva con la ventana de la videollamada.</translation>
    </message>
    <message>
        <source>Over the whole lesson mixed.</source>
        <translation>En toda la clase, variado.</translation>
    </message>
    <message>
        <source>Over the whole lesson mostly neutral.</source>
        <translation>En toda la clase, sobre todo neutral.</translation>
    </message>
    <message>
        <source>Over the whole lesson mostly smiling.</source>
        <translation>En toda la clase, la mayoría sonreía.</translation>
    </message>
    <message>
        <source>Over the whole lesson nearly all smiled.</source>
        <translation>En toda la clase sonrieron casi todos.</translation>
    </message>
    <message>
        <source>Parquet needs pyarrow, which is not installed: `pip install pyarrow` beside this program, or choose CSV.</source>
        <translation>Parquet necesita pyarrow, que no está instalado: `pip install pyarrow` junto a este programa, o elija CSV.</translation>
    </message>
    <message>
        <source>Paste the text under “What others were told” into the chat, say it aloud too, and accept a no.</source>
        <translation>Pegue en el chat el texto de “Lo que se dijo a los demás”, dígalo también en voz alta y acepte un no.</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>En pausa.</translation>
    </message>
    <message>
        <source>People you left out may be counted again: leave them out once more.</source>
        <translation>Puede que se cuente otra vez a quienes excluyó: exclúyalos de nuevo.</translation>
    </message>
    <message>
        <source>Picture lost</source>
        <translation>Sin imagen</translation>
    </message>
    <message>
        <source>Play it in a video player. If that fails too, get another copy.</source>
        <translation>Reprodúzcala en un reproductor de video. Si tampoco funciona, consiga otra copia.</translation>
    </message>
    <message>
        <source>Please choose</source>
        <translation>Elija una opción</translation>
    </message>
    <message>
        <source>Please report it with the log file named in the message. It contains no pictures.</source>
        <translation>Infórmelo con el archivo de registro que dice el mensaje. No contiene imágenes.</translation>
    </message>
    <message>
        <source>Plug in the charger, and set the computer to stay awake while plugged in.</source>
        <translation>Conecte el cargador y configure la computadora para que no entre en reposo enchufada.</translation>
    </message>
    <message>
        <source>Plug in the charger.</source>
        <translation>Conecte el cargador.</translation>
    </message>
    <message>
        <source>Plug it in, wait a few seconds, choose “Cameras and all others” under “More”, and press the camera’s card.</source>
        <translation>Conéctela, espere unos segundos, elija “Cámaras y todas las demás” en “Más” y pulse la tarjeta de la cámara.</translation>
    </message>
    <message>
        <source>Plug the monitor in again: the session goes on.</source>
        <translation>Conecte de nuevo el monitor: la sesión sigue.</translation>
    </message>
    <message>
        <source>Press “Stop” in the other window or close it. This window then records from its next session.</source>
        <translation>Pulse “Detener” en la otra ventana o ciérrela. Esta guardará a partir de su próxima sesión.</translation>
    </message>
    <message>
        <source>Press “This is me…” and click your own tile, so that you are not counted. Leave out anybody who says no.</source>
        <translation>Pulse “Soy yo…” y haga clic en su propio recuadro para que no se le cuente. Excluya a quien diga que no.</translation>
    </message>
    <message>
        <source>Press “What helps” in a message, or F1 while it is shown, and its page opens.</source>
        <translation>Pulse “Qué hacer” en un mensaje, o F1 mientras se ve, y se abrirá su página.</translation>
    </message>
    <message>
        <source>Processor cores used</source>
        <translation>Núcleos del procesador</translation>
    </message>
    <message>
        <source>Processor share, at most</source>
        <translation>Procesador, máximo</translation>
    </message>
    <message>
        <source>Processor threads of the network</source>
        <translation>Hilos del procesador que usa la red neuronal</translation>
    </message>
    <message>
        <source>Quiet after an alert</source>
        <translation>Silencio tras un aviso</translation>
    </message>
    <message>
        <source>Readily</source>
        <translation>Alta</translation>
    </message>
    <message>
        <source>Reading the faces</source>
        <translation>Leyendo los rostros</translation>
    </message>
    <message>
        <source>Reading the faces.</source>
        <translation>Se están leyendo los rostros.</translation>
    </message>
    <message>
        <source>Reconnect the disk or network; what is waiting in memory is then written.</source>
        <translation>Vuelva a conectar el disco o la red; entonces se escribe lo que espera en la memoria.</translation>
    </message>
    <message>
        <source>Recording and lessons</source>
        <translation>Registro y clases</translation>
    </message>
    <message>
        <source>Remember the last source</source>
        <translation>Recordar la última fuente</translation>
    </message>
    <message>
        <source>Remove the write protection, or allow the program in the virus scanner.</source>
        <translation>Quite la protección contra escritura o permita el programa en el antivirus.</translation>
    </message>
    <message>
        <source>Responsible use</source>
        <translation>Uso responsable</translation>
    </message>
    <message>
        <source>Sad, afraid or angry</source>
        <translation>Triste, asustado o enojado</translation>
    </message>
    <message>
        <source>Save a copy of the list under a different name.</source>
        <translation>Guarde una copia de la lista con otro nombre.</translation>
    </message>
    <message>
        <source>Saved lessons are damaged</source>
        <translation>Las clases guardadas están dañadas</translation>
    </message>
    <message>
        <source>Saved lessons cannot be used</source>
        <translation>No se pueden usar las clases guardadas</translation>
    </message>
    <message>
        <source>Seat view</source>
        <translation>Vista de puestos</translation>
    </message>
    <message>
        <source>See whether the call itself is still moving.</source>
        <translation>Mire si la propia videollamada todavía se mueve.</translation>
    </message>
    <message>
        <source>Seldom</source>
        <translation>Baja</translation>
    </message>
    <message>
        <source>Session {id} has no marker {number}.</source>
        <translation>La sesión {id} no tiene el marcador {number}.</translation>
    </message>
    <message>
        <source>Session {id} is being recorded: end it first.</source>
        <translation>La sesión {id} está en curso: termínela primero.</translation>
    </message>
    <message>
        <source>Share of all processor cores that the program may take</source>
        <translation>Parte de todos los núcleos del procesador que el programa puede usar</translation>
    </message>
    <message>
        <source>Share of the faces read that smile (up), and that look sad, afraid or angry (down); neutral is the space between. Full colour: more than usual, the dotted line. Grey: not seen.</source>
        <translation>Parte de las caras leídas que sonríen (arriba) y que parecen tristes, asustadas o enfadadas (abajo); lo neutro es el espacio entre ambas. Color pleno: más que de costumbre, la línea de puntos. Gris: no visto.</translation>
    </message>
    <message>
        <source>Show a row for each participant</source>
        <translation>Mostrar una fila por participante</translation>
    </message>
    <message>
        <source>Show fewer people per page, so that each face is larger.</source>
        <translation>Muestre menos personas por página para que cada rostro sea más grande.</translation>
    </message>
    <message>
        <source>Simulated recordings need the encoders of PyAV: run `make setup EXTRAS=dev`, or `pip install av`.</source>
        <translation>Las grabaciones simuladas necesitan los codificadores de PyAV: ejecute `make setup EXTRAS=dev` o `pip install av`.</translation>
    </message>
    <message>
        <source>Since {time}. It changes nothing of what is usual.</source>
        <translation>Desde {time}. No cambia lo habitual.</translation>
    </message>
    <message>
        <source>Since “{marker}” fewer faces smile: about {now}, before {usual}.</source>
        <translation>Desde “{marker}” sonríen menos rostros: unos {now}, antes {usual}.</translation>
    </message>
    <message>
        <source>Since “{marker}” more faces look sad, afraid or angry: about {now}, before {usual}.</source>
        <translation>Desde “{marker}” más rostros parecen tristes, asustados o enojados: unos {now}, antes {usual}.</translation>
    </message>
    <message>
        <source>Since “{marker}” more faces look surprised: about {now}, before {usual}.</source>
        <translation>Desde “{marker}” más rostros parecen sorprendidos: unos {now}, antes {usual}.</translation>
    </message>
    <message>
        <source>Since “{marker}” more faces smile: about {now}, before {usual}.</source>
        <translation>Desde “{marker}” sonríen más rostros: unos {now}, antes {usual}.</translation>
    </message>
    <message>
        <source>Since “{marker}”: about as before.</source>
        <translation>Desde “{marker}”: más o menos como antes.</translation>
    </message>
    <message>
        <source>Slides, a chat or a document cover the call.</source>
        <translation>Diapositivas, un chat o un documento tapan la videollamada.</translation>
    </message>
    <message>
        <source>Slower than usual</source>
        <translation>Más lento de lo habitual</translation>
    </message>
    <message>
        <source>Slower than usual: the computer is busy.</source>
        <translation>Más lento que de costumbre: el equipo está ocupado.</translation>
    </message>
    <message>
        <source>Smallest face that is read</source>
        <translation>Rostro más pequeño</translation>
    </message>
    <message>
        <source>Smiling</source>
        <translation>Sonriente</translation>
    </message>
    <message>
        <source>Smoothed over</source>
        <translation>Suavizado</translation>
    </message>
    <message>
        <source>Some faces look sad at rest. From five faces on, half of what is usual for each is left out after its first minute. It is kept in memory only.</source>
        <translation>Algunos rostros parecen tristes en reposo. Desde cinco rostros, tras el primer minuto de cada uno se descuenta la mitad de lo habitual en él. Solo queda en la memoria.</translation>
    </message>
    <message>
        <source>Somebody sits in the dark or in front of a window.</source>
        <translation>Alguien está a oscuras o delante de una ventana.</translation>
    </message>
    <message>
        <source>Something covers the call</source>
        <translation>Algo tapa la videollamada</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Otra cosa</translation>
    </message>
    <message>
        <source>Something happened that the program was not made for. The session goes on, or the affected part starts again.</source>
        <translation>Pasó algo que el programa no sabe manejar. La sesión sigue, o la parte afectada se reinicia.</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Velocidad</translation>
    </message>
    <message>
        <source>Squares and bars jump to their place instead of gliding there</source>
        <translation>Los cuadrados y las barras saltan a su lugar en vez de deslizarse</translation>
    </message>
    <message>
        <source>Squares and bars jump to their place instead of gliding there. Where the system asks for less motion it is so in any case.</source>
        <translation>Los cuadrados y las barras saltan a su lugar en vez de deslizarse. Donde el sistema pide menos movimiento, ya es así.</translation>
    </message>
    <message>
        <source>Start the program again.</source>
        <translation>Inicie el programa de nuevo.</translation>
    </message>
    <message>
        <source>Start the program again: it repairs the file and says what was rescued.</source>
        <translation>Inicie el programa de nuevo: repara el archivo y dice qué se rescató.</translation>
    </message>
    <message>
        <source>Suggest a lamp in front of the face instead of behind it.</source>
        <translation>Sugiera una lámpara delante del rostro y no detrás.</translation>
    </message>
    <message>
        <source>Sure of a face from</source>
        <translation>Certeza mínima</translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation>Sorprendido</translation>
    </message>
    <message>
        <source>Switch the call to gallery view and press “Start a lesson”: the call’s window is found by itself. Or press “Draw a region”, and draw a rectangle around the faces.</source>
        <translation>Ponga la videollamada en vista de galería y pulse “Empezar una clase”: su ventana se encuentra sola. O pulse “Dibujar una zona” y dibuje un rectángulo alrededor de los rostros.</translation>
    </message>
    <message>
        <source>Switch the call to its gallery view.</source>
        <translation>Ponga la videollamada en vista de galería.</translation>
    </message>
    <message>
        <source>Switch the camera off in the call, or close the other program, and start again.</source>
        <translation>Apague la cámara en la videollamada o cierre el otro programa, y empiece de nuevo.</translation>
    </message>
    <message>
        <source>Teach. A glance at the sentence is enough; press M to mark a moment. “Stop” saves the lesson, and “Save or erase…” at home exports it as CSV for a spreadsheet.</source>
        <translation>Dé su clase. Basta una mirada a la frase; M marca un momento. “Detener” guarda la clase y “Guardar o borrar…” en la página inicial la exporta como CSV para una hoja de cálculo.</translation>
    </message>
    <message>
        <source>Teaching</source>
        <translation>Enseñanza</translation>
    </message>
    <message>
        <source>Teams shows {shown} of {size}; a larger gallery can be chosen in Teams’ view.</source>
        <translation>Teams muestra {shown} de {size}; en la vista de Teams se puede elegir una galería mayor.</translation>
    </message>
    <message>
        <source>Tell the class before you begin: “Copy the text” gives you words for the chat.</source>
        <translation>Avise al grupo antes de empezar: “Copiar el texto” le da un mensaje para el chat.</translation>
    </message>
    <message>
        <source>Tell them</source>
        <translation>Avíseles</translation>
    </message>
    <message>
        <source>Ten people&apos;s votes</source>
        <translation>Los votos de diez personas</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Tamaño del texto</translation>
    </message>
    <message>
        <source>The aliases in {file} cannot be changed: check that its folder can be written.</source>
        <translation>No se pueden cambiar los apodos en {file}: compruebe que se puede escribir en su carpeta.</translation>
    </message>
    <message>
        <source>The audited session did not end in its time: see the log file.</source>
        <translation>La sesión auditada no terminó a tiempo: vea el archivo de registro.</translation>
    </message>
    <message>
        <source>The audited session did not end in {seconds:.0f} s.</source>
        <translation>La sesión auditada no terminó en {seconds:.0f} s.</translation>
    </message>
    <message>
        <source>The audited session failed: {problem}</source>
        <translation>La sesión auditada falló: {problem}</translation>
    </message>
    <message>
        <source>The built-in one</source>
        <translation>El incluido</translation>
    </message>
    <message>
        <source>The call and the screen</source>
        <translation>La videollamada y la pantalla</translation>
    </message>
    <message>
        <source>The call has ended, or its window was closed.</source>
        <translation>La videollamada terminó o se cerró su ventana.</translation>
    </message>
    <message>
        <source>The call has moved to another window, as some do in full screen or while sharing.</source>
        <translation>La videollamada pasó a otra ventana, como hacen algunas en pantalla completa o al compartir.</translation>
    </message>
    <message>
        <source>The call shows slides or one speaker instead of the gallery.</source>
        <translation>La videollamada muestra diapositivas o a una sola persona en vez de la galería.</translation>
    </message>
    <message>
        <source>The call shows {shown} of {size}: no call shows more on one page.</source>
        <translation>La llamada muestra {shown} de {size}: ninguna muestra más en una página.</translation>
    </message>
    <message>
        <source>The call shows {shown} of {size}; a larger gallery would show more.</source>
        <translation>La llamada muestra {shown} de {size}; una galería mayor mostraría más.</translation>
    </message>
    <message>
        <source>The call, a video, an update or another program is using the processor.</source>
        <translation>La videollamada, un video, una actualización u otro programa usa el procesador.</translation>
    </message>
    <message>
        <source>The call, the camera or the network has stopped.</source>
        <translation>La videollamada, la cámara o la red se detuvo.</translation>
    </message>
    <message>
        <source>The call’s window is not shown</source>
        <translation>La ventana de la videollamada no se ve</translation>
    </message>
    <message>
        <source>The call’s window is small, or shows many people at once.</source>
        <translation>La ventana de la videollamada es pequeña o muestra a muchas personas a la vez.</translation>
    </message>
    <message>
        <source>The call’s window was closed</source>
        <translation>Se cerró la ventana de la videollamada</translation>
    </message>
    <message>
        <source>The camera is not found</source>
        <translation>No se encuentra la cámara</translation>
    </message>
    <message>
        <source>The camera is there, but no picture comes from it.</source>
        <translation>La cámara está, pero no llega ninguna imagen de ella.</translation>
    </message>
    <message>
        <source>The camera sends no pictures</source>
        <translation>La cámara no envía imágenes</translation>
    </message>
    <message>
        <source>The chosen part of the screen is gone</source>
        <translation>La parte elegida de la pantalla ya no está</translation>
    </message>
    <message>
        <source>The chosen part of the screen is on no monitor: choose it again.</source>
        <translation>La parte elegida de la pantalla no está en ningún monitor: elíjala de nuevo.</translation>
    </message>
    <message>
        <source>The computer finds no camera, or not the one you chose.</source>
        <translation>La computadora no encuentra ninguna cámara, o no la que eligió.</translation>
    </message>
    <message>
        <source>The computer is busy, so faces are read less often. The call comes first, and the figures may have gaps.</source>
        <translation>La computadora está ocupada y los rostros se leen con menos frecuencia. La videollamada va primero y las cifras pueden tener huecos.</translation>
    </message>
    <message>
        <source>The computer is too busy to deliver pictures.</source>
        <translation>La computadora está demasiado ocupada para dar imágenes.</translation>
    </message>
    <message>
        <source>The computer was asleep</source>
        <translation>La computadora estaba en reposo</translation>
    </message>
    <message>
        <source>The computer was asleep.</source>
        <translation>El equipo estaba en suspensión.</translation>
    </message>
    <message>
        <source>The connection is slow, so that pictures are blurred or stand still.</source>
        <translation>La conexión es lenta y las imágenes se ven borrosas o quietas.</translation>
    </message>
    <message>
        <source>The copy cannot be saved as {path}: check that its folder can be written.</source>
        <translation>La copia no se puede guardar como {path}: compruebe que se puede escribir en su carpeta.</translation>
    </message>
    <message>
        <source>The copy would replace the log itself: choose another name.</source>
        <translation>La copia reemplazaría al propio registro: elija otro nombre.</translation>
    </message>
    <message>
        <source>The course of the lesson</source>
        <translation>El curso de la clase</translation>
    </message>
    <message>
        <source>The demo class in {folder} is missing or damaged: install the program again.</source>
        <translation>La clase de demostración de {folder} falta o está dañada: instale de nuevo el programa.</translation>
    </message>
    <message>
        <source>The demo did not end in its time: see the log file, then run it again.</source>
        <translation>La demostración no terminó a tiempo: vea el archivo de registro y ejecútela de nuevo.</translation>
    </message>
    <message>
        <source>The demo was closed before its first frame: run it again.</source>
        <translation>La demostración se cerró antes de su primera imagen: ejecútela de nuevo.</translation>
    </message>
    <message>
        <source>The disk did not answer: the end of the session may be missing.</source>
        <translation>El disco no respondió: puede faltar el final de la sesión.</translation>
    </message>
    <message>
        <source>The disk does not answer</source>
        <translation>El disco no responde</translation>
    </message>
    <message>
        <source>The disk does not answer: what is not saved waits in memory until it does.</source>
        <translation>El disco no responde: lo que no se ha guardado espera en la memoria hasta que responda.</translation>
    </message>
    <message>
        <source>The disk has no room left, or your share of it is used up.</source>
        <translation>El disco no tiene más espacio, o su parte se agotó.</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>El disco está lleno</translation>
    </message>
    <message>
        <source>The disk is full, or the folder is write-protected.</source>
        <translation>El disco está lleno o la carpeta está protegida contra escritura.</translation>
    </message>
    <message>
        <source>The disk may be failing.</source>
        <translation>Puede que el disco esté fallando.</translation>
    </message>
    <message>
        <source>The disk or network drive where files are saved is gone or reports an error.</source>
        <translation>El disco o la unidad de red donde se guardan los archivos ya no está o da un error.</translation>
    </message>
    <message>
        <source>The face detector file chosen in the settings does not fit.</source>
        <translation>El archivo del detector elegido en la configuración no sirve.</translation>
    </message>
    <message>
        <source>The face detector gave {count} faces for one picture, which is noise: choose another in the settings, or leave it empty there.</source>
        <translation>El detector de rostros dio {count} rostros para una sola imagen, lo que no tiene sentido: elija otro en la configuración o deje vacío el campo.</translation>
    </message>
    <message>
        <source>The face detector gives no rows of YuNet: choose another in the settings.</source>
        <translation>El detector de rostros no da filas de YuNet: elija otro en la configuración.</translation>
    </message>
    <message>
        <source>The face detector {file} is not the one that was shipped: install the program again.</source>
        <translation>El detector de rostros {file} no es el que vino con el programa: instale de nuevo el programa.</translation>
    </message>
    <message>
        <source>The face detector {file} is not there: choose another in the settings, or leave it empty there.</source>
        <translation>El detector de rostros {file} no está: elija otro en la configuración o deje vacío el campo.</translation>
    </message>
    <message>
        <source>The face detector {file} is too large: choose another in the settings.</source>
        <translation>El detector de rostros {file} es demasiado grande: elija otro en la configuración.</translation>
    </message>
    <message>
        <source>The face detector&apos;s answers are no faces, so nothing was read from them: choose another in the settings, or leave it empty there.</source>
        <translation>Las respuestas del detector no son rostros, así que no se leyó nada de ellas: elija otro en la configuración o deje vacío el campo.</translation>
    </message>
    <message>
        <source>The figures of 1 lesson could not be recovered</source>
        <translation>No se pudieron recuperar las cifras de 1 clase</translation>
    </message>
    <message>
        <source>The figures of {empty} lessons could not be recovered</source>
        <translation>No se pudieron recuperar las cifras de {empty} clases</translation>
    </message>
    <message>
        <source>The file is incomplete. Everything up to the break was read and saved.</source>
        <translation>El archivo está incompleto. Todo hasta el corte se leyó y se guardó.</translation>
    </message>
    <message>
        <source>The file of the session was changed by another program: all of it is written again, to {path}.</source>
        <translation>Otro programa cambió el archivo de la sesión: todo se escribe de nuevo en {path}.</translation>
    </message>
    <message>
        <source>The file of the session was lost by the network drive: all of it is written again, to {path}.</source>
        <translation>La unidad de red perdió el archivo de la sesión: todo se escribe de nuevo en {path}.</translation>
    </message>
    <message>
        <source>The file of the session was moved: all of it is written again, to {path}, and goes on there.</source>
        <translation>El archivo de la sesión se movió: todo se escribe de nuevo en {path} y continúa allí.</translation>
    </message>
    <message>
        <source>The file of the session was removed: all of it is written again, to {path}.</source>
        <translation>El archivo de la sesión se eliminó: todo se escribe de nuevo en {path}.</translation>
    </message>
    <message>
        <source>The file was moved or deleted, or is not a YuNet file, the only kind supported.</source>
        <translation>El archivo se movió o se borró, o no es un archivo YuNet, el único tipo que se admite.</translation>
    </message>
    <message>
        <source>The file was moved or deleted, or is not a network.</source>
        <translation>El archivo se movió o se borró, o no es una red.</translation>
    </message>
    <message>
        <source>The file with your saved lessons was damaged. The program rescues what it can and keeps the damaged file.</source>
        <translation>El archivo con sus clases guardadas se dañó. El programa rescata lo que puede y conserva el archivo dañado.</translation>
    </message>
    <message>
        <source>The file with your settings cannot be used as it is.</source>
        <translation>El archivo con su configuración no se puede usar tal como está.</translation>
    </message>
    <message>
        <source>The file you chose cannot be played.</source>
        <translation>El archivo elegido no se puede reproducir.</translation>
    </message>
    <message>
        <source>The folder is gone, belongs to somebody else, or is write-protected.</source>
        <translation>La carpeta ya no está, es de otra persona o está protegida.</translation>
    </message>
    <message>
        <source>The folder that reports and other copies of lessons were saved in last</source>
        <translation>La carpeta en la que se guardaron por última vez informes y otras copias de clases</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be written: choose another with --out.</source>
        <translation>No se puede escribir en la carpeta {folder}: elija otra con --out.</translation>
    </message>
    <message>
        <source>The folder {folder} is not there: choose another, or connect its drive.</source>
        <translation>La carpeta {folder} no está: elija otra o conecte su unidad.</translation>
    </message>
    <message>
        <source>The folder {out} cannot be made: choose another.</source>
        <translation>No se puede crear la carpeta {out}: elija otra.</translation>
    </message>
    <message>
        <source>The installation was interrupted, or a virus scanner removed a file.</source>
        <translation>La instalación se interrumpió o un antivirus quitó un archivo.</translation>
    </message>
    <message>
        <source>The language cannot be shown</source>
        <translation>No se puede mostrar el idioma</translation>
    </message>
    <message>
        <source>The law</source>
        <translation>La ley</translation>
    </message>
    <message>
        <source>The lesson</source>
        <translation>La clase</translation>
    </message>
    <message>
        <source>The lesson or its figures cannot be found among your saved lessons.</source>
        <translation>La clase o sus cifras no se encuentran entre sus clases guardadas.</translation>
    </message>
    <message>
        <source>The lesson’s file was moved or changed</source>
        <translation>El archivo de la clase se movió o cambió</translation>
    </message>
    <message>
        <source>The lid was closed, or the computer went to sleep by itself.</source>
        <translation>Se cerró la tapa o la computadora entró en reposo sola.</translation>
    </message>
    <message>
        <source>The log of your answers, {file}, cannot be read: check that you may open it.</source>
        <translation>El registro de sus respuestas, {file}, no se puede leer: compruebe que puede abrirlo.</translation>
    </message>
    <message>
        <source>The log of your answers, {file}, is far too large: move it elsewhere, and a new one is begun.</source>
        <translation>El registro de sus respuestas, {file}, es demasiado grande: muévalo a otro lugar y se empezará uno nuevo.</translation>
    </message>
    <message>
        <source>The mini strip</source>
        <translation>La barra pequeña</translation>
    </message>
    <message>
        <source>The monitor with the chosen part of the screen was unplugged or changed: plug it in again, or choose the part again.</source>
        <translation>El monitor con la parte elegida de la pantalla se desconectó o cambió: conéctelo de nuevo o elija otra vez la parte.</translation>
    </message>
    <message>
        <source>The network file chosen in the settings does not fit. Nothing is read with it.</source>
        <translation>El archivo de red elegido en la configuración no sirve. No se lee nada con él.</translation>
    </message>
    <message>
        <source>The network is down, the sender is switched off, or its address has changed.</source>
        <translation>La red no funciona, el emisor está apagado o cambió su dirección.</translation>
    </message>
    <message>
        <source>The network {file} can no longer be read: choose another in the settings.</source>
        <translation>La red neuronal {file} ya no se puede leer: elija otra en la configuración.</translation>
    </message>
    <message>
        <source>The network {model} is not the one that was shipped: install the program again.</source>
        <translation>La red neuronal {model} no es la que vino con el programa: instale de nuevo el programa.</translation>
    </message>
    <message>
        <source>The network {model} was not found: choose another in the settings, or the shipped one.</source>
        <translation>No se encontró la red neuronal {model}: elija otra en la configuración o la que vino con el programa.</translation>
    </message>
    <message>
        <source>The network {network} is damaged; {spare} reads the same in its place, more slowly: install the program again.</source>
        <translation>La red neuronal {network} está dañada; {spare} lee lo mismo en su lugar, más despacio: instale de nuevo el programa.</translation>
    </message>
    <message>
        <source>The network&apos;s answers are no probabilities, so nothing was read from them: choose another in the settings, or the shipped one.</source>
        <translation>Las respuestas de la red neuronal no son probabilidades, así que no se leyó nada de ellas: elija otra en la configuración o la que vino con el programa.</translation>
    </message>
    <message>
        <source>The original labels</source>
        <translation>Las etiquetas originales</translation>
    </message>
    <message>
        <source>The other computer answers but does not let you in (401 or 403).</source>
        <translation>La otra computadora responde, pero no le deja entrar (401 o 403).</translation>
    </message>
    <message>
        <source>The other lesson is {minutes} min longer; its end is not shown.</source>
        <translation>La otra clase dura {minutes} min más; su final no se muestra.</translation>
    </message>
    <message>
        <source>The part of the screen you drew does not contain the faces.</source>
        <translation>La parte de la pantalla que dibujó no contiene los rostros.</translation>
    </message>
    <message>
        <source>The part of the screen you drew is no longer on any monitor.</source>
        <translation>La parte de la pantalla que dibujó ya no está en ningún monitor.</translation>
    </message>
    <message>
        <source>The picture cannot be saved as {path}: check that its folder can be written.</source>
        <translation>La imagen no se puede guardar como {path}: compruebe que se puede escribir en su carpeta.</translation>
    </message>
    <message>
        <source>The picture is lost</source>
        <translation>Se perdió la imagen</translation>
    </message>
    <message>
        <source>The picture is lost: trying again.</source>
        <translation>Se perdió la imagen: nuevo intento.</translation>
    </message>
    <message>
        <source>The picture {path} cannot be opened: check that you may read it.</source>
        <translation>No se puede abrir la imagen {path}: compruebe que usted tiene permiso para leerla.</translation>
    </message>
    <message>
        <source>The picture {path} was not found: check where it is.</source>
        <translation>No se encontró la imagen {path}: compruebe dónde está.</translation>
    </message>
    <message>
        <source>The power failed at a bad moment, the disk has errors, or another program wrote into it.</source>
        <translation>Se fue la luz en mal momento, el disco tiene errores u otro programa escribió en él.</translation>
    </message>
    <message>
        <source>The program cannot open or add to the file with your saved lessons. The lesson’s CSV file is still written.</source>
        <translation>El programa no puede abrir ni ampliar el archivo con sus clases guardadas. El archivo CSV de la clase sí se escribe.</translation>
    </message>
    <message>
        <source>The program did not begin a session on the demo class: try `demo --out DIR` to see why.</source>
        <translation>El programa no comenzó una sesión con la clase de demostración: pruebe `demo --out DIR` para ver por qué.</translation>
    </message>
    <message>
        <source>The program is incomplete</source>
        <translation>El programa está incompleto</translation>
    </message>
    <message>
        <source>The program is not allowed to write there.</source>
        <translation>El programa no tiene permiso para escribir ahí.</translation>
    </message>
    <message>
        <source>The program is open twice, perhaps on another desktop, or a lesson is still running.</source>
        <translation>El programa está abierto dos veces, quizá en otro escritorio, o una clase sigue en curso.</translation>
    </message>
    <message>
        <source>The program keeps a list of when you gave which answers. It cannot write or read that list.</source>
        <translation>El programa lleva una lista de cuándo dio qué respuestas. No puede escribirla ni leerla.</translation>
    </message>
    <message>
        <source>The program&apos;s folder {name} is missing: install it again.</source>
        <translation>Falta la carpeta {name} del programa: instálelo de nuevo.</translation>
    </message>
    <message>
        <source>The question cannot be answered ({error}): look at its words; docs/store.md has the columns.</source>
        <translation>La pregunta no se puede responder ({error}): revise sus palabras; las columnas están en docs/store.md.</translation>
    </message>
    <message>
        <source>The question took longer than {seconds} s: ask for fewer lessons, or for one at a time.</source>
        <translation>La pregunta tardó más de {seconds} s: pregunte por menos clases, o por una cada vez.</translation>
    </message>
    <message>
        <source>The questions have not been answered, or are asked again because their text changed.</source>
        <translation>Las preguntas aún no se respondieron, o se hacen de nuevo porque cambió su texto.</translation>
    </message>
    <message>
        <source>The reading of frames ended by a fault; it is started again.</source>
        <translation>La lectura de imágenes terminó por un fallo; se inicia de nuevo.</translation>
    </message>
    <message>
        <source>The recording breaks off</source>
        <translation>La grabación se corta</translation>
    </message>
    <message>
        <source>The recording cannot be read</source>
        <translation>No se puede leer la grabación</translation>
    </message>
    <message>
        <source>The recording program crashed, or its disk was full.</source>
        <translation>El programa que grababa falló o su disco estaba lleno.</translation>
    </message>
    <message>
        <source>The recording {path} breaks off at {end_s:.0f} s of {claimed_s:.0f} s: get a complete copy of it; the rows up to there are saved.</source>
        <translation>La grabación {path} se corta en {end_s:.0f} s de {claimed_s:.0f} s: consiga una copia completa; las filas hasta ese punto están guardadas.</translation>
    </message>
    <message>
        <source>The recording {path} breaks off at {end_s:.0f} s: get a complete copy of it; the rows up to there are saved.</source>
        <translation>La grabación {path} se corta en {end_s:.0f} s: consiga una copia completa; las filas hasta ese punto están guardadas.</translation>
    </message>
    <message>
        <source>The recording {path} cannot be opened: check that you may read it.</source>
        <translation>No se puede abrir la grabación {path}: compruebe que usted tiene permiso para leerla.</translation>
    </message>
    <message>
        <source>The recording {path} is damaged or not a video: play it in a video player, or choose another file.</source>
        <translation>La grabación {path} está dañada o no es un video: ábrala en un reproductor de video o elija otro archivo.</translation>
    </message>
    <message>
        <source>The recording {path} is empty: choose another file.</source>
        <translation>La grabación {path} está vacía: elija otro archivo.</translation>
    </message>
    <message>
        <source>The recording {path} was not found: check where it is.</source>
        <translation>No se encontró la grabación {path}: compruebe dónde está.</translation>
    </message>
    <message>
        <source>The report could not be painted: save it as a web page, and print that.</source>
        <translation>No se pudo dibujar el informe: guárdelo como página web e imprímala.</translation>
    </message>
    <message>
        <source>The run was too short to be measured: give it 10 seconds or more.</source>
        <translation>La ejecución fue demasiado corta para medirla: déjela durar 10 segundos o más.</translation>
    </message>
    <message>
        <source>The screen cannot be captured: unlock it, or start this program on a desktop.</source>
        <translation>No se puede capturar la pantalla: desbloquéela o inicie este programa en un escritorio.</translation>
    </message>
    <message>
        <source>The screen cannot be seen</source>
        <translation>No se puede ver la pantalla</translation>
    </message>
    <message>
        <source>The screen is locked, or there is no desktop.</source>
        <translation>La pantalla está bloqueada o no hay escritorio.</translation>
    </message>
    <message>
        <source>The screen shows colours in {depth} bits, which cannot be captured: set it to 24 bits (in Xorg&apos;s configuration, DefaultDepth 24), then start again.</source>
        <translation>La pantalla muestra los colores con {depth} bits, y así no se puede capturar: póngala en 24 bits (en la configuración de Xorg, DefaultDepth 24) y vuelva a empezar.</translation>
    </message>
    <message>
        <source>The sentence</source>
        <translation>La frase</translation>
    </message>
    <message>
        <source>The session cannot be read back from {path}: look at its disk.</source>
        <translation>La sesión no se puede volver a leer de {path}: revise su disco.</translation>
    </message>
    <message>
        <source>The setting &quot;{label}&quot; ({name}) is {value}: {allowed}.</source>
        <translation>El valor de «{label}» ({name}) es {value}: {allowed}.</translation>
    </message>
    <message>
        <source>The settings</source>
        <translation>La configuración</translation>
    </message>
    <message>
        <source>The settings cannot be read or saved</source>
        <translation>No se puede leer o guardar la configuración</translation>
    </message>
    <message>
        <source>The settings cannot be saved in {folder}: check that it can be written.</source>
        <translation>La configuración no se puede guardar en {folder}: compruebe que se puede escribir en esa carpeta.</translation>
    </message>
    <message>
        <source>The settings in {file} are not this program&apos;s: mend or delete the file.</source>
        <translation>La configuración de {file} no es de este programa: corrija o elimine el archivo.</translation>
    </message>
    <message>
        <source>The settings in {file} cannot be read: mend or delete the file.</source>
        <translation>No se puede leer la configuración de {file}: corrija o elimine el archivo.</translation>
    </message>
    <message>
        <source>The settings in {file} were written by a newer version: update, or delete the file.</source>
        <translation>Una versión más nueva escribió la configuración de {file}: actualice el programa o elimine el archivo.</translation>
    </message>
    <message>
        <source>The shipped face detector {file} is missing: install the program again.</source>
        <translation>Falta el detector de rostros {file} que vino con el programa: instale de nuevo el programa.</translation>
    </message>
    <message>
        <source>The shipped network {shipped} is missing: install the program again.</source>
        <translation>Falta la red neuronal {shipped} que vino con el programa: instale de nuevo el programa.</translation>
    </message>
    <message>
        <source>The sidecar {file} cannot be read: correct it, or choose the network again.</source>
        <translation>No se puede leer el archivo complementario {file}: corríjalo o elija de nuevo la red neuronal.</translation>
    </message>
    <message>
        <source>The sidecar {model} does not fit: it needs the seven classes ({expressions}) in the network&apos;s order, and input with channels 1 or 3 and a value_range.</source>
        <translation>El archivo complementario {model} no sirve: debe tener las siete categorías ({expressions}) en el orden de la red neuronal, y una entrada con 1 o 3 canales y un value_range.</translation>
    </message>
    <message>
        <source>The soak stands still: see the log file.</source>
        <translation>La prueba de resistencia está parada: vea el archivo de registro.</translation>
    </message>
    <message>
        <source>The source ended by a fault in the program; it is being opened again.</source>
        <translation>La fuente terminó por un fallo en el programa; se abre de nuevo.</translation>
    </message>
    <message>
        <source>The source failed {times} times in a row, and is not opened again: stop the session, check the source, and begin another.</source>
        <translation>La fuente falló {times} veces seguidas y no se vuelve a abrir: detenga la sesión, revise la fuente y comience otra.</translation>
    </message>
    <message>
        <source>The source gives a picture every {seconds} s only: seconds long after one have no figures.</source>
        <translation>La fuente da una imagen solo cada {seconds} s: los segundos muy posteriores a una imagen no tienen cifras.</translation>
    </message>
    <message>
        <source>The source has given no picture for {seconds} s.</source>
        <translation>La fuente no ha dado ninguna imagen durante {seconds} s.</translation>
    </message>
    <message>
        <source>The source has given no picture for {seconds} s; it is being opened again.</source>
        <translation>La fuente no ha dado ninguna imagen durante {seconds} s; se abre de nuevo.</translation>
    </message>
    <message>
        <source>The source is lost, as the soak wants it.</source>
        <translation>La fuente se perdió, como lo quiere la prueba de resistencia.</translation>
    </message>
    <message>
        <source>The source of the last session is remembered until the next start</source>
        <translation>La fuente de la última sesión se recuerda hasta el próximo inicio</translation>
    </message>
    <message>
        <source>The squares</source>
        <translation>Los cuadrados</translation>
    </message>
    <message>
        <source>The store is being read by another program: close that, then erase once more.</source>
        <translation>Otro programa está leyendo el almacén de sesiones: ciérrelo y borre otra vez.</translation>
    </message>
    <message>
        <source>The store of sessions is damaged and is being repaired: this session is stored as soon as that is done.</source>
        <translation>El almacén de sesiones está dañado y se está reparando: esta sesión se guardará en cuanto termine.</translation>
    </message>
    <message>
        <source>The store of sessions was damaged. {lost}; of others, {whole}, {seconds} seconds were saved. The damaged file is kept as {damaged}.</source>
        <translation>El almacén de sesiones estaba dañado. {lost}; de otras, {whole}, se salvaron {seconds} segundos. El archivo dañado se conserva como {damaged}.</translation>
    </message>
    <message>
        <source>The store of sessions was damaged. {lost}; the damaged file is kept as {damaged}.</source>
        <translation>El almacén de sesiones estaba dañado. {lost}; el archivo dañado se conserva como {damaged}.</translation>
    </message>
    <message>
        <source>The store of sessions was damaged: nothing of it could be recovered; the damaged file is kept as {damaged}.</source>
        <translation>El almacén de sesiones estaba dañado: no se pudo recuperar nada; el archivo dañado se conserva como {damaged}.</translation>
    </message>
    <message>
        <source>The store of sessions was damaged: {sessions} sessions with {seconds} seconds were saved, {from_backup} of them out of a backup; the damaged file is kept as {damaged}.</source>
        <translation>El almacén de sesiones estaba dañado: se salvaron {sessions} sesiones con {seconds} segundos, {from_backup} de ellas de una copia de seguridad; el archivo dañado se conserva como {damaged}.</translation>
    </message>
    <message>
        <source>The store of sessions was moved, removed or replaced: this session is written again from its start, to {path}.</source>
        <translation>El almacén de sesiones se movió, se eliminó o se sustituyó: esta sesión se escribe de nuevo desde el principio en {path}.</translation>
    </message>
    <message>
        <source>The store of sessions {path} cannot be repaired.</source>
        <translation>El almacén de sesiones {path} no se puede reparar.</translation>
    </message>
    <message>
        <source>The store of sessions {path} cannot be used ({error}): look at its disk and folder.</source>
        <translation>El almacén de sesiones {path} no se puede usar ({error}): revise su disco y su carpeta.</translation>
    </message>
    <message>
        <source>The store of sessions {path} holds what this program did not write ({error}).</source>
        <translation>El almacén de sesiones {path} contiene algo que este programa no escribió ({error}).</translation>
    </message>
    <message>
        <source>The store of sessions {path} is damaged: `sessions check --repair` saves what can be read.</source>
        <translation>El almacén de sesiones {path} está dañado: `sessions check --repair` salva lo que se puede leer.</translation>
    </message>
    <message>
        <source>The stream cannot be reached, or was interrupted.</source>
        <translation>No se llega a la transmisión, o se interrumpió.</translation>
    </message>
    <message>
        <source>The stream from {name} broke off: check the network, then start again.</source>
        <translation>La transmisión de {name} se cortó: compruebe la red y vuelva a empezar.</translation>
    </message>
    <message>
        <source>The stream refuses access</source>
        <translation>La transmisión niega el acceso</translation>
    </message>
    <message>
        <source>The stream’s address is not understood</source>
        <translation>No se entiende la dirección de la transmisión</translation>
    </message>
    <message>
        <source>The system came without fonts for it.</source>
        <translation>El sistema vino sin fuentes para él.</translation>
    </message>
    <message>
        <source>The system does not allow programs to use the camera.</source>
        <translation>El sistema no permite que los programas usen la cámara.</translation>
    </message>
    <message>
        <source>The system does not let this program see the screen, so it cannot read a call.</source>
        <translation>El sistema no deja que este programa vea la pantalla, así que no puede leer la videollamada.</translation>
    </message>
    <message>
        <source>The system’s protection or a virus scanner blocks it.</source>
        <translation>Lo impide una protección del sistema o un antivirus.</translation>
    </message>
    <message>
        <source>The user name or password is missing or wrong, or this user may not see the address.</source>
        <translation>El usuario o la contraseña falta o es incorrecta, o ese usuario no puede ver la dirección.</translation>
    </message>
    <message>
        <source>The window being read is gone. Nothing is read until it is back.</source>
        <translation>La ventana que se leía ya no está. No se lee nada hasta que vuelva.</translation>
    </message>
    <message>
        <source>The window could not be measured: see the line above.</source>
        <translation>No se pudo medir la ventana: vea la línea de arriba.</translation>
    </message>
    <message>
        <source>The window exists but is not on the screen, so nothing is read. The session only waits.</source>
        <translation>La ventana existe, pero no está en la pantalla, así que no se lee nada. La sesión solo espera.</translation>
    </message>
    <message>
        <source>The window is hidden or on another desktop: bring it back, and the session goes on.</source>
        <translation>La ventana está oculta o en otro escritorio: tráigala de vuelta y la sesión continuará.</translation>
    </message>
    <message>
        <source>The window is minimised: open it again, and the session goes on.</source>
        <translation>La ventana está minimizada: ábrala de nuevo y la sesión continuará.</translation>
    </message>
    <message>
        <source>The window is on no monitor: move it back, and the session goes on.</source>
        <translation>La ventana no está en ningún monitor: tráigala de vuelta y la sesión continuará.</translation>
    </message>
    <message>
        <source>The window was closed: open it again, or end the session and choose another.</source>
        <translation>La ventana se cerró: ábrala de nuevo, o termine la sesión y elija otra.</translation>
    </message>
    <message>
        <source>Then try again to erase or save the lesson.</source>
        <translation>Luego intente otra vez borrar o guardar la clase.</translation>
    </message>
    <message>
        <source>There are no pictures in {path}: choose a folder with JPEG or PNG files.</source>
        <translation>No hay imágenes en {path}: elija una carpeta con archivos JPEG o PNG.</translation>
    </message>
    <message>
        <source>There is a picture, but no face is found in it.</source>
        <translation>Hay una imagen, pero no se encuentra ningún rostro en ella.</translation>
    </message>
    <message>
        <source>There is no home folder for {path}: choose another face detector in the settings.</source>
        <translation>No existe la carpeta personal de {path}: elija otro detector de rostros en la configuración.</translation>
    </message>
    <message>
        <source>There is no home folder for {path}: choose another {what} in the settings.</source>
        <translation>No existe la carpeta personal de {path}: elija otra en la configuración ({what}).</translation>
    </message>
    <message>
        <source>There is no picture to save: make the window larger and try again.</source>
        <translation>No hay imagen que guardar: agrande la ventana e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>There is no session {id}: `sessions list` shows those that there are.</source>
        <translation>No existe la sesión {id}: `sessions list` muestra las que hay.</translation>
    </message>
    <message>
        <source>There is no {boxes_file} in or beside {folder}: add one with the boxes of the faces.</source>
        <translation>No hay {boxes_file} en {folder} ni junto a esa carpeta: agregue uno con los marcos de los rostros.</translation>
    </message>
    <message>
        <source>They are off until you switch them on, one by one, in the settings.</source>
        <translation>Están desactivados hasta que usted los active, uno por uno, en la configuración.</translation>
    </message>
    <message>
        <source>This desktop (Wayland) does not let programs capture its screen: log out, choose an X11 (Xorg) session when you log in, then start again.</source>
        <translation>Este escritorio (Wayland) no deja que los programas capturen la pantalla: cierre la sesión, elija una sesión X11 (Xorg) al entrar e inicie de nuevo.</translation>
    </message>
    <message>
        <source>This lasts for one lesson. Nothing about a face is kept, so do it again in the next one.</source>
        <translation>Esto dura una clase. No se guarda nada de ningún rostro, así que repítalo en la próxima.</translation>
    </message>
    <message>
        <source>This lesson cannot be added to your saved lessons: {problem} Its CSV file is written.</source>
        <translation>Esta clase no se puede agregar a sus clases guardadas: {problem} Su archivo CSV está escrito.</translation>
    </message>
    <message>
        <source>This lesson is no longer stored.</source>
        <translation>Esta clase ya no está guardada.</translation>
    </message>
    <message>
        <source>This lesson is no longer stored: begin a new session.</source>
        <translation>Esta clase ya no está guardada: empiece una nueva sesión.</translation>
    </message>
    <message>
        <source>This program&apos;s own window covers most of what is read: move it aside or minimise it, and the session goes on.</source>
        <translation>La ventana de este programa tapa la mayor parte de lo que se lee: apártela o minimícela, y la sesión continúa.</translation>
    </message>
    <message>
        <source>This program&apos;s own window covers the chosen window: move one of them aside, and the session goes on.</source>
        <translation>La ventana de este mismo programa cubre la ventana elegida: aparte una de las dos y la sesión continuará.</translation>
    </message>
    <message>
        <source>This program’s own window covers it. It never reads itself, so that part is left out.</source>
        <translation>La ventana de este programa la tapa. Nunca se lee a sí mismo, así que esa parte queda fuera.</translation>
    </message>
    <message>
        <source>This stays off with your answers</source>
        <translation>Con sus respuestas, esto queda desactivado</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Hora</translation>
    </message>
    <message>
        <source>Time constant of the smoothing; 0 is none</source>
        <translation>Constante de tiempo del suavizado; 0 es ninguno</translation>
    </message>
    <message>
        <source>To read the class, choose the call’s window: your camera only shows you.</source>
        <translation>Para leer al grupo, elija la ventana de la videollamada: su cámara solo lo muestra a usted.</translation>
    </message>
    <message>
        <source>To try it without a class, choose “Demo class” under “More”: its faces are generated.</source>
        <translation>Para probarlo sin un grupo, elija “Clase de demostración” en “Más”: sus rostros son generados.</translation>
    </message>
    <message>
        <source>Too few faces</source>
        <translation>Muy pocos rostros</translation>
    </message>
    <message>
        <source>Too few faces to say what has changed.</source>
        <translation>Muy pocos rostros para decir qué ha cambiado.</translation>
    </message>
    <message>
        <source>Too little was seen to say.</source>
        <translation>Se vio muy poco.</translation>
    </message>
    <message>
        <source>Too short to learn what is usual.</source>
        <translation>Demasiado&#xa0;corta&#xa0;para&#xa0;aprender&#xa0;qué&#xa0;es&#xa0;lo&#xa0;habitual.</translation>
    </message>
    <message>
        <source>Training needs TensorFlow: run `make setup EXTRAS=train`, or install fer-desktop[train].</source>
        <translation>El entrenamiento necesita TensorFlow: ejecute `make setup EXTRAS=train` o instale fer-desktop[train].</translation>
    </message>
    <message>
        <source>Trust changes more than numbers. A face is not a feeling, and many faces are misread.</source>
        <translation>Confíe más en los cambios que en las cifras. Un rostro no es un sentimiento, y muchos rostros se leen mal.</translation>
    </message>
    <message>
        <source>Try another USB port, without a hub.</source>
        <translation>Pruebe otro puerto USB, sin concentrador.</translation>
    </message>
    <message>
        <source>Try the same address in a video player.</source>
        <translation>Pruebe la misma dirección en un reproductor de video.</translation>
    </message>
    <message>
        <source>Turned away</source>
        <translation>Girados</translation>
    </message>
    <message>
        <source>Two screens? Put the call on one and your slides on the other.</source>
        <translation>¿Dos pantallas? Ponga la videollamada en una y las diapositivas en la otra.</translation>
    </message>
    <message>
        <source>Unlock the screen. If it is set to few colours, set it to 24 bits.</source>
        <translation>Desbloquee la pantalla. Si muestra pocos colores, póngala en 24 bits.</translation>
    </message>
    <message>
        <source>Unplug the camera and plug it in again.</source>
        <translation>Desconecte la cámara y vuelva a conectarla.</translation>
    </message>
    <message>
        <source>Until the next lesson or start</source>
        <translation>Hasta la próxima clase o el próximo inicio</translation>
    </message>
    <message>
        <source>Updates a second, at most</source>
        <translation>Lecturas/s, máximo</translation>
    </message>
    <message>
        <source>Use the demo class, your own camera, or a recording of yourself.</source>
        <translation>Use la clase de demostración, su propia cámara o una grabación de usted.</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>Lo habitual</translation>
    </message>
    <message>
        <source>Usual look</source>
        <translation>Aspecto habitual</translation>
    </message>
    <message>
        <source>Usual: the median and the middle 80 % of {count} earlier lessons of this class.</source>
        <translation>De costumbre: la mediana y el 80 % central de {count} clases anteriores de este grupo.</translation>
    </message>
    <message>
        <source>Wait a minute, and open “Saved lessons” again.</source>
        <translation>Espere un minuto y abra “Clases guardadas” otra vez.</translation>
    </message>
    <message>
        <source>Wait a moment: an interrupted stream is opened again automatically.</source>
        <translation>Espere un momento: una transmisión interrumpida se abre de nuevo sola.</translation>
    </message>
    <message>
        <source>Wait half a minute.</source>
        <translation>Espere medio minuto.</translation>
    </message>
    <message>
        <source>Waiting: a window of this program lies over the call.</source>
        <translation>En espera: una ventana de este programa tapa la llamada.</translation>
    </message>
    <message>
        <source>Waiting: another window covers the call.</source>
        <translation>En espera: otra ventana tapa la videollamada.</translation>
    </message>
    <message>
        <source>Waiting: the call&apos;s window is not shown.</source>
        <translation>En espera: la ventana de la videollamada no se ve.</translation>
    </message>
    <message>
        <source>Was an answer wrong? Press “Change answers” and answer truthfully.</source>
        <translation>¿Una respuesta era incorrecta? Pulse “Cambiar respuestas” y responda con la verdad.</translation>
    </message>
    <message>
        <source>Was it a newer version? Install that again.</source>
        <translation>¿Era una versión más nueva? Instálela de nuevo.</translation>
    </message>
    <message>
        <source>What are the calls?</source>
        <translation>¿Para qué son las videollamadas?</translation>
    </message>
    <message>
        <source>What helps</source>
        <translation>Qué hacer</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Lo que se muestra</translation>
    </message>
    <message>
        <source>What is usual takes {least} earlier lessons of this class. So far: {count}. Nothing is compared.</source>
        <translation>Para saber lo habitual hacen falta {least} clases anteriores de este grupo. Hasta ahora: {count}. No se compara nada.</translation>
    </message>
    <message>
        <source>What others are told, and the law</source>
        <translation>Qué se dice a los demás, y la ley</translation>
    </message>
    <message>
        <source>What the calls are: education, work or something else</source>
        <translation>Qué son las videollamadas: enseñanza, trabajo u otra cosa</translation>
    </message>
    <message>
        <source>What the program can and cannot know was read, and the answers were accepted</source>
        <translation>Se leyó lo que el programa puede saber y lo que no, y se aceptaron las respuestas</translation>
    </message>
    <message>
        <source>What the window speaks, from its next start on</source>
        <translation>El idioma de la ventana, desde el próximo inicio</translation>
    </message>
    <message>
        <source>What the words mean</source>
        <translation>Qué significan las palabras</translation>
    </message>
    <message>
        <source>What this class showed over the last ten minutes of this lesson. The first five minutes are spent learning it.</source>
        <translation>Lo que este grupo mostró en los últimos diez minutos de esta clase. Los primeros cinco minutos sirven para aprenderlo.</translation>
    </message>
    <message>
        <source>What you typed is not the address of a stream.</source>
        <translation>Lo que escribió no es la dirección de una transmisión.</translation>
    </message>
    <message>
        <source>When something goes wrong</source>
        <translation>Cuando algo falla</translation>
    </message>
    <message>
        <source>When you share your screen, others see it until you tick “The class has been told”. From then on it is hidden from them, where the system allows that.</source>
        <translation>Al compartir su pantalla, los demás la ven hasta que marque “El grupo está avisado”. Después queda oculta para ellos, donde el sistema lo permite.</translation>
    </message>
    <message>
        <source>Where CSV files are saved</source>
        <translation>Donde se guardan los archivos CSV</translation>
    </message>
    <message>
        <source>Where is the class held?</source>
        <translation>¿Dónde se imparte la clase?</translation>
    </message>
    <message>
        <source>Where my lessons are</source>
        <translation>Dónde están mis clases</translation>
    </message>
    <message>
        <source>Where the CSV files of sessions are saved</source>
        <translation>Dónde se guardan los archivos CSV de las sesiones</translation>
    </message>
    <message>
        <source>Where the class is held: in the EU or EEA, or elsewhere</source>
        <translation>Dónde se imparte la clase: en la UE o el EEE, o en otro lugar</translation>
    </message>
    <message>
        <source>Whether a CSV file is written while a session runs</source>
        <translation>Si se escribe un archivo CSV durante la sesión</translation>
    </message>
    <message>
        <source>Which output of the network is read</source>
        <translation>Qué salida de la red neuronal se lee</translation>
    </message>
    <message>
        <source>While the session ran, its file was touched by somebody or something else. It was written again in full: nothing is lost.</source>
        <translation>Durante la sesión, alguien o algo tocó su archivo. Se escribió de nuevo completo: no se perdió nada.</translation>
    </message>
    <message>
        <source>Why it may be</source>
        <translation>Posibles causas</translation>
    </message>
    <message>
        <source>With fewer than ten faces it only says what most show, never a change.</source>
        <translation>Con menos de diez rostros solo dice qué muestra la mayoría, nunca un cambio.</translation>
    </message>
    <message>
        <source>With the keyboard: Tab to the picture, arrow keys to the tile, then Space.</source>
        <translation>Con el teclado: Tab hasta la imagen, flechas hasta el recuadro y luego Espacio.</translation>
    </message>
    <message>
        <source>With your answers this stays off: in the EU and EEA the law forbids reading the expressions of people in teaching and at work, live or recorded, with consent or without. The demo class, your own camera and recordings of yourself can be used.</source>
        <translation>Con sus respuestas esto queda desactivado: en la UE y el EEE la ley prohíbe leer las expresiones de personas en la enseñanza y el trabajo, en vivo o grabadas, con consentimiento o sin él. Se pueden usar la clase de demostración, su propia cámara y grabaciones de usted.</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Trabajo</translation>
    </message>
    <message>
        <source>Write a CSV file while a session runs</source>
        <translation>Escribir un archivo CSV durante la sesión</translation>
    </message>
    <message>
        <source>Write both before the computer’s name: rtsp://user:password@computer.</source>
        <translation>Escriba ambos antes del nombre de la computadora: rtsp://user:password@computer.</translation>
    </message>
    <message>
        <source>You erased it, or its time was over: see “Lessons are kept” in the settings.</source>
        <translation>Usted la borró o se cumplió su plazo: vea “Las clases se conservan” en la configuración.</translation>
    </message>
    <message>
        <source>You need not do anything. The message says which file is the right one now.</source>
        <translation>No tiene que hacer nada. El mensaje dice cuál es ahora el archivo correcto.</translation>
    </message>
    <message>
        <source>Your answers cannot be kept in {file}: check that its folder can be written.</source>
        <translation>Sus respuestas no se pueden guardar en {file}: compruebe que se puede escribir en su carpeta.</translation>
    </message>
    <message>
        <source>Your answers cannot be saved</source>
        <translation>No se pueden guardar sus respuestas</translation>
    </message>
    <message>
        <source>Your notes</source>
        <translation>Sus notas</translation>
    </message>
    <message>
        <source>Your own face detector cannot be used</source>
        <translation>No se puede usar su propio detector de rostros</translation>
    </message>
    <message>
        <source>Your own network cannot be used</source>
        <translation>No se puede usar su propia red</translation>
    </message>
    <message>
        <source>Your own network, a .tflite or .keras file with its sidecar .json</source>
        <translation>Su propia red neuronal, un archivo .tflite o .keras con su .json complementario</translation>
    </message>
    <message>
        <source>Your saved lessons are damaged: start the program again, and what can be read is saved.</source>
        <translation>Sus clases guardadas están dañadas: inicie de nuevo el programa y se salvará lo que se pueda leer.</translation>
    </message>
    <message>
        <source>YuNet</source>
        <translation>YuNet</translation>
    </message>
    <message>
        <source>YuNet&apos;s .onnx file, if you have one of your own</source>
        <translation>El archivo .onnx de YuNet, si tiene uno propio</translation>
    </message>
    <message>
        <source>Zoom shows {shown} of {size}; 49 a page can be set in Zoom.</source>
        <translation>Zoom muestra {shown} de {size}; en Zoom se pueden poner 49 por página.</translation>
    </message>
    <message>
        <source>all</source>
        <translation>todas</translation>
    </message>
    <message>
        <source>are not in view</source>
        <translation>no se ven</translation>
    </message>
    <message>
        <source>are turned away</source>
        <translation>están girados</translation>
    </message>
    <message>
        <source>cameras on and read</source>
        <translation>cámaras encendidas y leídas</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>dañado</translation>
    </message>
    <message>
        <source>from {begin} to {end}</source>
        <translation>de {begin} a {end}</translation>
    </message>
    <message>
        <source>half</source>
        <translation>mitad</translation>
    </message>
    <message>
        <source>have stopped smiling</source>
        <translation>han dejado de sonreír</translation>
    </message>
    <message>
        <source>it can be true or false</source>
        <translation>puede ser true o false</translation>
    </message>
    <message>
        <source>it can be {most} or {last}</source>
        <translation>puede ser {most} o {last}</translation>
    </message>
    <message>
        <source>it must be a number from {low} to {high}</source>
        <translation>debe ser un número de {low} a {high}</translation>
    </message>
    <message>
        <source>it must be a whole number from {low} to {high}</source>
        <translation>debe ser un número entero de {low} a {high}</translation>
    </message>
    <message>
        <source>it must be text</source>
        <translation>debe ser un texto</translation>
    </message>
    <message>
        <source>lesson</source>
        <translation>clase</translation>
    </message>
    <message>
        <source>look sad, afraid or angry</source>
        <translation>parecen tristes, asustados o enojados</translation>
    </message>
    <message>
        <source>look surprised</source>
        <translation>parecen sorprendidos</translation>
    </message>
    <message>
        <source>macOS does not let this program see the screen: allow it under System Settings, Privacy &amp; Security, Screen Recording, then open it again.</source>
        <translation>macOS no deja que este programa vea la pantalla: permítalo en Ajustes del Sistema, Privacidad y seguridad, Grabación de pantalla, y vuelva a abrirlo.</translation>
    </message>
    <message>
        <source>macOS needs your permission, and it was not given.</source>
        <translation>macOS necesita su permiso y no se ha dado.</translation>
    </message>
    <message>
        <source>min</source>
        <translation>min</translation>
    </message>
    <message>
        <source>moments</source>
        <translation>momentos</translation>
    </message>
    <message>
        <source>most of the time</source>
        <translation>la mayor parte del tiempo</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
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
        <translation>sonríen</translation>
    </message>
    <message>
        <source>{count} of {faces} faces are too bright to read: less light from behind helps.</source>
        <translation>{count}&#xa0;de&#xa0;{faces}&#xa0;rostros&#xa0;son&#xa0;demasiado&#xa0;claros&#xa0;para&#xa0;leerlos:&#xa0;ayuda&#xa0;menos&#xa0;luz&#xa0;desde&#xa0;atrás.</translation>
    </message>
    <message>
        <source>{count} of {faces} faces are too dark to read: more light on the face helps.</source>
        <translation>{count}&#xa0;de&#xa0;{faces}&#xa0;rostros&#xa0;son&#xa0;demasiado&#xa0;oscuros&#xa0;para&#xa0;leerlos:&#xa0;ayuda&#xa0;más&#xa0;luz&#xa0;en&#xa0;la&#xa0;cara.</translation>
    </message>
    <message>
        <source>{count} of {faces} pictures stand still: the call’s connection may be slow.</source>
        <translation>{count}&#xa0;de&#xa0;{faces}&#xa0;imágenes&#xa0;están&#xa0;quietas:&#xa0;la&#xa0;conexión&#xa0;de&#xa0;la&#xa0;videollamada&#xa0;puede&#xa0;ser&#xa0;lenta.</translation>
    </message>
    <message>
        <source>{day}, {begin} to {end}</source>
        <translation>{day}, de {begin} a {end}</translation>
    </message>
    <message>
        <source>{expected} rows were expected, {written} are in the files, {stored} in the store.</source>
        <translation>Se esperaban {expected} filas; hay {written} en los archivos y {stored} en el almacén.</translation>
    </message>
    <message>
        <source>{faces} of {cameras}</source>
        <translation>{faces} de {cameras}</translation>
    </message>
    <message>
        <source>{file} cannot be opened: check its name, and that you may read it.</source>
        <translation>{file} no se puede abrir: compruebe el nombre y que usted pueda leerlo.</translation>
    </message>
    <message>
        <source>{file} cannot be read as a picture: save it as JPEG or PNG.</source>
        <translation>{file} no se puede leer como imagen: guárdela como JPEG o PNG.</translation>
    </message>
    <message>
        <source>{file} cannot be written: copy the network to a folder of yours.</source>
        <translation>No se puede escribir {file}: copie la red neuronal a una carpeta suya.</translation>
    </message>
    <message>
        <source>{file} could not be written whole: check its disk, and save it again.</source>
        <translation>{file} no se pudo escribir entero: revise su disco y guárdelo de nuevo.</translation>
    </message>
    <message>
        <source>{file} has no rows: there is nothing to take over.</source>
        <translation>{file} no tiene filas: no hay nada que importar.</translation>
    </message>
    <message>
        <source>{file} is a file of this program, which holds your lessons: choose another name.</source>
        <translation>{file} es un archivo de este programa que contiene sus clases: elija otro nombre.</translation>
    </message>
    <message>
        <source>{file} is damaged: its columns are file,x0,y0,x1,y1, in px.</source>
        <translation>{file} está dañado: sus columnas son file,x0,y0,x1,y1, en px.</translation>
    </message>
    <message>
        <source>{file} is damaged: nothing was taken from it; choose another backup.</source>
        <translation>{file} está dañado: no se tomó nada de él; elija otra copia de seguridad.</translation>
    </message>
    <message>
        <source>{file} is in your lessons already, as number {id}: nothing was changed.</source>
        <translation>{file} ya está entre sus clases, con el número {id}: no se cambió nada.</translation>
    </message>
    <message>
        <source>{file} is no YuNet file that OpenCV reads: choose another in the settings, or leave it empty there.</source>
        <translation>{file} no es un archivo de YuNet que OpenCV pueda leer: elija otro en la configuración o deje vacío el campo.</translation>
    </message>
    <message>
        <source>{file} is no backup of this program: choose a file that “Back up all” or `sessions backup` made.</source>
        <translation>{file} no es una copia de seguridad de este programa: elija un archivo hecho con «Copia de seguridad» o `sessions backup`.</translation>
    </message>
    <message>
        <source>{file} is no session of this program: choose a CSV file that it has written.</source>
        <translation>{file} no es una sesión de este programa: elija un archivo CSV escrito por él.</translation>
    </message>
    <message>
        <source>{file} was changed, or is damaged, in line {line}: choose the CSV file as this program wrote it.</source>
        <translation>{file} fue modificado o está dañado en la línea {line}: elija el archivo CSV tal como lo escribió este programa.</translation>
    </message>
    <message>
        <source>{file} was written by a newer version of this program: install that one first.</source>
        <translation>{file} es de una versión más reciente de este programa: instálela primero.</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{length}: another window covered the call.</source>
        <translation>{length}: otra ventana tapaba la llamada.</translation>
    </message>
    <message>
        <source>{length}: fewer than 5 faces were read, and are not told of.</source>
        <translation>{length}: se leían menos de 5 caras, de las que no se dice nada.</translation>
    </message>
    <message>
        <source>{length}: nothing was read yet.</source>
        <translation>{length}: aún no se había leído nada.</translation>
    </message>
    <message>
        <source>{length}: paused.</source>
        <translation>{length}: en pausa.</translation>
    </message>
    <message>
        <source>{length}: stopped, and then resumed.</source>
        <translation>{length}: detenida y luego reanudada.</translation>
    </message>
    <message>
        <source>{length}: the computer was asleep.</source>
        <translation>{length}: el ordenador estaba en reposo.</translation>
    </message>
    <message>
        <source>{length}: the computer was busy.</source>
        <translation>{length}: el ordenador estaba ocupado.</translation>
    </message>
    <message>
        <source>{length}: there was no picture.</source>
        <translation>{length}: no había imagen.</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{minutes} min were missed: the computer or the program was asleep.</source>
        <translation>Faltan {minutes} min: el equipo o el programa estaba en suspensión.</translation>
    </message>
    <message>
        <source>{model} cannot be used as a network: choose a .tflite or .keras file.</source>
        <translation>{model} no se puede usar como red neuronal: elija un archivo .tflite o .keras.</translation>
    </message>
    <message>
        <source>{model} cannot read several crops at once: convert it with an open batch size.</source>
        <translation>{model} no puede leer varios recortes a la vez: conviértala con un tamaño de lote abierto.</translation>
    </message>
    <message>
        <source>{model} does not have one input: use a network that takes one crop.</source>
        <translation>{model} no tiene una sola entrada: use una red neuronal que tome un recorte.</translation>
    </message>
    <message>
        <source>{model} does not output seven probabilities: end it in a softmax over seven classes.</source>
        <translation>{model} no da siete probabilidades: termínela con un softmax de siete categorías.</translation>
    </message>
    <message>
        <source>{model} does not take square crops of a fixed size: use a network that does.</source>
        <translation>{model} no toma recortes cuadrados de tamaño fijo: use una red neuronal que lo haga.</translation>
    </message>
    <message>
        <source>{model} does not take the crops that its sidecar describes: correct one of them.</source>
        <translation>{model} no toma los recortes que describe su archivo complementario: corrija uno de los dos.</translation>
    </message>
    <message>
        <source>{model} has no output named {wanted}, which its sidecar lists in `outputs`: correct it.</source>
        <translation>{model} no tiene ninguna salida llamada {wanted}, que su archivo complementario indica en `outputs`: corríjalo.</translation>
    </message>
    <message>
        <source>{model} has no output named {wanted}: choose one of {heads}.</source>
        <translation>{model} no tiene ninguna salida llamada {wanted}: elija una de {heads}.</translation>
    </message>
    <message>
        <source>{model} has no sidecar {name} beside it: choose the network in the settings, which ask for it.</source>
        <translation>{model} no tiene junto a sí el archivo complementario {name}: elija la red neuronal en la configuración, que lo pide.</translation>
    </message>
    <message>
        <source>{model} has the outputs {heads}: its sidecar must list in `outputs` the one to read first.</source>
        <translation>{model} tiene las salidas {heads}: su archivo complementario debe indicar en `outputs` la que se lee primero.</translation>
    </message>
    <message>
        <source>{model} is not a Keras network that can be loaded here: choose another.</source>
        <translation>{model} no es una red neuronal de Keras que se pueda cargar aquí: elija otra.</translation>
    </message>
    <message>
        <source>{model} is not a TensorFlow Lite network with one input and named outputs: choose another.</source>
        <translation>{model} no es una red neuronal de TensorFlow Lite con una entrada y salidas con nombre: elija otra.</translation>
    </message>
    <message>
        <source>{model} is not a network that can be read: choose another.</source>
        <translation>{model} no es una red neuronal que se pueda leer: elija otra.</translation>
    </message>
    <message>
        <source>{model} is too large to be loaded ({found}; at most {most}): choose a smaller network.</source>
        <translation>{model} es demasiado grande para cargarla ({found}; como máximo {most}): elija una red neuronal más pequeña.</translation>
    </message>
    <message>
        <source>{model} takes crops of {shape} channels, its sidecar says {channels}: correct it.</source>
        <translation>{model} toma recortes de {shape} canales y su archivo complementario dice {channels}: corríjalo.</translation>
    </message>
    <message>
        <source>{model} takes whole numbers from 0 to 255: its sidecar&apos;s value_range must say so.</source>
        <translation>{model} toma números enteros de 0 a 255: el value_range de su archivo complementario debe decirlo.</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the disk is full: free some space, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>No se puede escribir {name} en {parent}, el disco está lleno: libere espacio o elija otra carpeta (en la configuración; en la línea de comandos, con --out).</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the disk is write-protected: choose another folder (in the settings; on the command line with --out).</source>
        <translation>No se puede escribir {name} en {parent}, el disco está protegido contra escritura: elija otra carpeta (en la configuración; en la línea de comandos, con --out).</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the disk reports an error: check its cable, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>No se puede escribir {name} en {parent}, el disco informa de un error: revise su cable o elija otra carpeta (en la configuración; en la línea de comandos, con --out).</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the network drive has lost it: connect it again, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>No se puede escribir {name} en {parent}, la unidad de red lo perdió: conéctela de nuevo o elija otra carpeta (en la configuración; en la línea de comandos, con --out).</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, your share of the disk is used up: delete some files, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>No se puede escribir {name} en {parent}, se agotó su parte del disco: elimine algunos archivos o elija otra carpeta (en la configuración; en la línea de comandos, con --out).</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}: make it writable, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>No se puede escribir {name} en {parent}: permita que se escriba allí o elija otra carpeta (en la configuración; en la línea de comandos, con --out).</translation>
    </message>
    <message>
        <source>{name} does not let you see this address: check user, password and address.</source>
        <translation>{name} no le deja ver esta dirección: compruebe el usuario, la contraseña y la dirección.</translation>
    </message>
    <message>
        <source>{name} needs TensorFlow, which is not installed: pip install &apos;fer-desktop[train]&apos;.</source>
        <translation>{name} necesita TensorFlow, que no está instalado: pip install &apos;fer-desktop[train]&apos;.</translation>
    </message>
    <message>
        <source>{name} sends no pictures: close other programs that use it, such as the call, then start again.</source>
        <translation>{name} no envía imágenes: cierre otros programas que la usen, como la videollamada, y vuelva a empezar.</translation>
    </message>
    <message>
        <source>{name} stopped sending pictures: check its cable, then start again.</source>
        <translation>{name} dejó de enviar imágenes: revise su cable y vuelva a empezar.</translation>
    </message>
    <message>
        <source>{name} wants a user and a password, or knows others: write them before the computer&apos;s name, as in rtsp://user:password@computer.</source>
        <translation>{name} pide un usuario y una contraseña, o espera otros: escríbalos antes del nombre del equipo, como en rtsp://usuario:contraseña@equipo.</translation>
    </message>
    <message>
        <source>{name} was not found: connect it, or choose another camera.</source>
        <translation>No se encontró {name}: conéctela o elija otra cámara.</translation>
    </message>
    <message>
        <source>{path} already exists: choose another name or move it away.</source>
        <translation>{path} ya existe: elija otro nombre o mueva ese archivo.</translation>
    </message>
    <message>
        <source>{path} cannot be opened: check that you may read it.</source>
        <translation>No se puede abrir {path}: compruebe que usted tiene permiso para leerlo.</translation>
    </message>
    <message>
        <source>{path} cannot be written ({error}): free some space on that disk; what was written before is kept.</source>
        <translation>No se puede escribir {path} ({error}): libere espacio en ese disco; lo que ya estaba escrito se conserva.</translation>
    </message>
    <message>
        <source>{path} cannot be written, it has reached the size that is allowed: free some space or have the limit raised; what was written before is kept.</source>
        <translation>No se puede escribir {path}, alcanzó el tamaño permitido: libere espacio o pida que se amplíe el límite; lo que ya estaba escrito se conserva.</translation>
    </message>
    <message>
        <source>{path} cannot be written, it is not permitted: allow this program to write in its folder; what was written before is kept.</source>
        <translation>No se puede escribir {path}, no está permitido: permita que este programa escriba en su carpeta; lo que ya estaba escrito se conserva.</translation>
    </message>
    <message>
        <source>{path} cannot be written, the disk is full: free some space on it; what was written before is kept.</source>
        <translation>No se puede escribir {path}, el disco está lleno: libere espacio en él; lo que ya estaba escrito se conserva.</translation>
    </message>
    <message>
        <source>{path} cannot be written, the disk is write-protected now: take the protection off, or connect it again.</source>
        <translation>No se puede escribir {path}, el disco está ahora protegido contra escritura: quite la protección o conéctelo de nuevo.</translation>
    </message>
    <message>
        <source>{path} cannot be written, the disk reports an error: check its cable, or the drive itself.</source>
        <translation>No se puede escribir {path}, el disco informa de un error: revise su cable o la propia unidad.</translation>
    </message>
    <message>
        <source>{path} cannot be written, the network drive has lost it: connect the drive again.</source>
        <translation>No se puede escribir {path}, la unidad de red lo perdió: conecte de nuevo la unidad.</translation>
    </message>
    <message>
        <source>{path} cannot be written, your share of the disk is used up: delete or move files of yours; what was written before is kept.</source>
        <translation>No se puede escribir {path}, se agotó su parte del disco: elimine o mueva archivos suyos; lo que ya estaba escrito se conserva.</translation>
    </message>
    <message>
        <source>{path} contains no recordings or pictures: choose another folder.</source>
        <translation>{path} no contiene grabaciones ni imágenes: elija otra carpeta.</translation>
    </message>
    <message>
        <source>{path} is a HEIC photo, which cannot be read here: save it as JPEG or PNG.</source>
        <translation>{path} es una foto HEIC, que aquí no se puede leer: guárdela como JPEG o PNG.</translation>
    </message>
    <message>
        <source>{path} is a database of another program: move it away.</source>
        <translation>{path} es una base de datos de otro programa: muévala a otro lugar.</translation>
    </message>
    <message>
        <source>{path} is damaged or not a picture: save it again as JPEG or PNG.</source>
        <translation>{path} está dañado o no es una imagen: guárdelo de nuevo como JPEG o PNG.</translation>
    </message>
    <message>
        <source>{path} is no file: choose a picture.</source>
        <translation>{path} no es un archivo: elija una imagen.</translation>
    </message>
    <message>
        <source>{path} is too large: make it smaller, at most {side:,} px a side and {megapixels} megapixels.</source>
        <translation>{path} es demasiado grande: redúzcala a un máximo de {side:,} px por lado y {megapixels} megapíxeles.</translation>
    </message>
    <message>
        <source>{path} met a fault in the program: please report it; what else was given is read.</source>
        <translation>{path} provocó un fallo en el programa: le pedimos que lo comunique; lo demás que se indicó se lee.</translation>
    </message>
    <message>
        <source>{path} was moved, erased or changed since: begin a new session.</source>
        <translation>{path} se movió, borró o cambió entretanto: empiece una nueva sesión.</translation>
    </message>
    <message>
        <source>{path} was not found: check where it is.</source>
        <translation>No se encontró {path}: compruebe dónde está.</translation>
    </message>
    <message>
        <source>{path} was written by a newer version of this program: install that one again.</source>
        <translation>Una versión más nueva de este programa escribió {path}: instale de nuevo esa versión.</translation>
    </message>
    <message>
        <source>{problem} Change it in {file}, or delete the file.</source>
        <translation>{problem} Cámbielo en {file} o elimine el archivo.</translation>
    </message>
    <message>
        <source>{problem} What happened is in the log file.</source>
        <translation>{problem} Lo ocurrido consta en el archivo de registro.</translation>
    </message>
    <message>
        <source>{problem} What happened is in {file}</source>
        <translation>{problem} Lo ocurrido consta en {file}</translation>
    </message>
    <message>
        <source>{problem} Who was left out is counted again: leave them out once more.</source>
        <translation>{problem} Los excluidos vuelven a contar: exclúyalos otra vez.</translation>
    </message>
    <message>
        <source>{refusal} If you alone are seen in these, add --recording-of-myself.</source>
        <translation>{refusal} Si solo se le ve a usted en ellas, añada --recording-of-myself.</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{seconds} s were missed: the computer or the program was asleep.</source>
        <translation>Faltan {seconds} s: el equipo o el programa estaba en suspensión.</translation>
    </message>
    <message>
        <source>{start} {what} were open at the start, and {end} at the end.</source>
        <translation>Al principio había {start} {what} abiertos y al final {end}.</translation>
    </message>
    <message>
        <source>हिन्दी</source>
        <translation>हिन्दी</translation>
    </message>
    <message>
        <source>“?” marks a face that no reading is sure of. A dashed square is a camera with no face in view.</source>
        <translation>“?” marca un rostro del que ninguna lectura es segura. Un cuadrado de trazos es una cámara sin rostro a la vista.</translation>
    </message>
    <message>
        <source>“Change answers” in the “Help” menu shows your answers and what follows from them.</source>
        <translation>“Cambiar respuestas” en el menú “Ayuda” muestra sus respuestas y lo que se sigue de ellas.</translation>
    </message>
    <message>
        <source>“Erase” removes it for good, with its CSV file and from backups; you have a few seconds to undo. Copies you saved elsewhere stay.</source>
        <translation>“Borrar” la elimina para siempre, con su CSV y de las copias de seguridad; tiene unos segundos para deshacerlo. Las copias que guardó en otro lugar quedan.</translation>
    </message>
    <message>
        <source>“Leave them out” gives up the seconds that are still waiting. Everything before is kept.</source>
        <translation>“Omitirlos” renuncia a los segundos que aún esperan. Todo lo anterior se conserva.</translation>
    </message>
    <message>
        <source>“Mark this moment” adds a marker where the alert was, also when you press it later.</source>
        <translation>“Marcar este momento” agrega un marcador donde estaba el aviso, aunque lo pulse más tarde.</translation>
    </message>
    <message>
        <source>“Quiet” holds back alerts for a while.</source>
        <translation>“Silencio” retiene los avisos por un rato.</translation>
    </message>
    <message>
        <source>“Useful” and “Not useful” are saved with the lesson.</source>
        <translation>“Útil” y “No es útil” se guardan con la clase.</translation>
    </message>
    <message>
        <source>“Your lessons” lists them, and “Save or erase…” exports one as CSV for a spreadsheet. Unless you switch that off, a CSV file is also written during each session, in “FER Desktop” in your documents.</source>
        <translation>“Sus clases” las muestra, y “Guardar o borrar…” exporta una como CSV para una hoja de cálculo. Si no lo desactiva, en cada sesión también se escribe un archivo CSV, en “FER Desktop” de sus documentos.</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Cerrar este mensaje</translation>
    </message>
    <message>
        <source>What helps</source>
        <translation>Qué hacer</translation>
    </message>
</context>
<context>
    <name>MiniStrip</name>
    <message>
        <source>Back to the window</source>
        <translation>Volver a la ventana</translation>
    </message>
    <message>
        <source>Expressions on faces are being read</source>
        <translation>Se están leyendo expresiones de los rostros</translation>
    </message>
    <message>
        <source>FER Desktop: mini strip</source>
        <translation>FER Desktop: barra pequeña</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Marcador</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation>Todavía no se ha leído nada</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Put the strip away</source>
        <translation>Quitar la barra</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reanudar</translation>
    </message>
    <message>
        <source>The class at a glance</source>
        <translation>El grupo de un vistazo</translation>
    </message>
    <message>
        <source>What others were told…</source>
        <translation>Lo que se dijo a los demás…</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>**Expressions.** Right on this many of 100 faces, by the label of the picture: {expressions}.</source>
        <translation>**Expresiones.** Aciertos por cada 100 rostros, según la etiqueta de la imagen: {expressions}.</translation>
    </message>
    <message>
        <source>**Expressions.** Right on this many of 100 faces, by what people see in them: {expressions}.</source>
        <translation>**Expresiones.** Aciertos por cada 100 rostros, según lo que ven las personas en ellos: {expressions}.</translation>
    </message>
    <message>
        <source>**Poor pictures.** Right on this many of 100 faces, by what spoils them: {conditions}.</source>
        <translation>**Imágenes malas.** Aciertos por cada 100 rostros, según lo que los estropea: {conditions}.</translation>
    </message>
    <message>
        <source>**Small faces.** How often it is right on them was not measured for this file.</source>
        <translation>**Rostros pequeños.** Para este archivo no se midió con qué frecuencia acierta en ellos.</translation>
    </message>
    <message>
        <source>**Small faces.** Right on this many of 100 faces, by their height: {heights}.</source>
        <translation>**Rostros pequeños.** Aciertos por cada 100 rostros, según su altura: {heights}.</translation>
    </message>
    <message>
        <source>**Very small faces.** With your settings, faces under {height} px are not read.</source>
        <translation>**Rostros muy pequeños.** Con su configuración, los rostros de menos de {height} px no se leen.</translation>
    </message>
    <message>
        <source>A network misreads faces that were rare in its training more often than others.</source>
        <translation>Una red neuronal se equivoca más con los rostros que fueron poco frecuentes en su entrenamiento.</translation>
    </message>
    <message>
        <source>Decisions about anybody.</source>
        <translation>Tomar decisiones sobre alguien.</translation>
    </message>
    <message>
        <source>Few seem to be old, and few have dark skin. Expect more mistakes on such faces.</source>
        <translation>Pocas personas parecen mayores y pocas tienen la piel oscura. Con rostros así, espere más errores.</translation>
    </message>
    <message>
        <source>How often this network is right is not known</source>
        <translation>No se sabe con qué frecuencia acierta esta red neuronal</translation>
    </message>
    <message>
        <source>Install the program again.</source>
        <translation>Instale de nuevo el programa.</translation>
    </message>
    <message>
        <source>It has one output.</source>
        <translation>Tiene una sola salida.</translation>
    </message>
    <message>
        <source>It is NOT the file that was measured, which has the SHA-256 `{sha256}`.</source>
        <translation>NO es el archivo que se midió, cuyo SHA-256 es `{sha256}`.</translation>
    </message>
    <message>
        <source>It is not known which file was measured.</source>
        <translation>No se sabe qué archivo se midió.</translation>
    </message>
    <message>
        <source>It is not known which file was measured. The figures below may be those of another.</source>
        <translation>No se sabe qué archivo se midió. Las cifras de abajo pueden ser las de otro.</translation>
    </message>
    <message>
        <source>It is the file that was measured.</source>
        <translation>Es el archivo que se midió.</translation>
    </message>
    <message>
        <source>It looks at one face at a time and weighs seven expressions against each other. It says what a face shows to a stranger in one picture. It knows nothing of what anybody feels, thinks or understands.</source>
        <translation>Mira un rostro cada vez y compara entre sí siete expresiones. Dice lo que un rostro muestra a un desconocido en una sola imagen. No sabe nada de lo que alguien siente, piensa o entiende.</translation>
    </message>
    <message>
        <source>It was trained on FER-2013: small grey pictures of faces, collected from the web in 2013 for a research contest. Ten people then said what they saw in each (FER+).</source>
        <translation>Se entrenó con FER-2013: imágenes pequeñas y grises de rostros, reunidas de la web en 2013 para un concurso de investigación. Después, diez personas dijeron lo que veían en cada una (FER+).</translation>
    </message>
    <message>
        <source>Its SHA-256 is `{sha256}`.</source>
        <translation>Su SHA-256 es `{sha256}`.</translation>
    </message>
    <message>
        <source>Its file does not say. Whoever has FER-2013 in a folder DIR can measure it:</source>
        <translation>Su archivo no lo dice. Quien tenga FER-2013 en una carpeta DIR puede medirlo:</translation>
    </message>
    <message>
        <source>Many of these faces are posed or acted. People in a call show less.</source>
        <translation>Muchos de estos rostros posan o actúan. En una videollamada las personas muestran menos.</translation>
    </message>
    <message>
        <source>Marking, ranking or watching individual people.</source>
        <translation>Calificar, clasificar o vigilar a personas concretas.</translation>
    </message>
    <message>
        <source>Measure it again: the technical details say how.</source>
        <translation>Mídala de nuevo: los detalles técnicos dicen cómo.</translation>
    </message>
    <message>
        <source>Measured on the faces set aside for it, each with the one label that came with its picture.</source>
        <translation>Medida con los rostros reservados para ello, cada uno con la única etiqueta que traía su imagen.</translation>
    </message>
    <message>
        <source>Measured on the faces set aside for it. Ten people looked at each; what most of them saw counts.</source>
        <translation>Medida con los rostros reservados para ello. Diez personas miraron cada uno; cuenta lo que vio la mayoría.</translation>
    </message>
    <message>
        <source>Measured on {faces} faces set aside for it, each with the one label that came with its picture.</source>
        <translation>Medida con {faces} rostros reservados para ello, cada uno con la única etiqueta que traía su imagen.</translation>
    </message>
    <message>
        <source>Measured on {faces} faces set aside for it. Ten people looked at each; what most of them saw counts.</source>
        <translation>Medida con {faces} rostros reservados para ello. Diez personas miraron cada uno; cuenta lo que vio la mayoría.</translation>
    </message>
    <message>
        <source>Of 100 faces, it agrees with the picture&apos;s label on {rate}</source>
        <translation>De 100 rostros, coincide con la etiqueta de la imagen en {rate}</translation>
    </message>
    <message>
        <source>Of 100 faces, people agree with it on {rate}</source>
        <translation>De 100 rostros, las personas coinciden con ella en {rate}</translation>
    </message>
    <message>
        <source>Output in use: `{name}`</source>
        <translation>Salida en uso: `{name}`</translation>
    </message>
    <message>
        <source>People disagree about faces too: the contest&apos;s own labels and those ten people name the same expression on only two faces in three.</source>
        <translation>Las personas tampoco coinciden sobre los rostros: las etiquetas del concurso y esas diez personas nombran la misma expresión solo en dos de cada tres rostros.</translation>
    </message>
    <message>
        <source>Teaching or work in the EU and EEA, where the law forbids it.</source>
        <translation>La enseñanza o el trabajo en la UE y el EEE, donde la ley lo prohíbe.</translation>
    </message>
    <message>
        <source>The file in use</source>
        <translation>El archivo en uso</translation>
    </message>
    <message>
        <source>The percentages it gives are rough: on average they are off by {points}.</source>
        <translation>Los porcentajes que da son aproximados: en promedio se desvían en {points}.</translation>
    </message>
    <message>
        <source>The percentages it gives can be taken at their word: on average they are off by {points}.</source>
        <translation>Los porcentajes que da son fiables: en promedio se desvían en {points}.</translation>
    </message>
    <message>
        <source>The pictures carry no licence. They are meant for research.</source>
        <translation>Las imágenes no tienen licencia. Son para investigación.</translation>
    </message>
    <message>
        <source>They also helped to choose the network, so the figure may be a little too good.</source>
        <translation>También ayudaron a elegir la red neuronal, así que la cifra puede ser algo mejor de lo real.</translation>
    </message>
    <message>
        <source>This file is not the one that was measured. The figures below may not hold for it.</source>
        <translation>Este archivo no es el que se midió. Las cifras de abajo pueden no valer para él.</translation>
    </message>
    <message>
        <source>To measure it again, DIR being a folder with FER-2013:</source>
        <translation>Para medirla de nuevo, siendo DIR una carpeta con FER-2013:</translation>
    </message>
    <message>
        <source>Turned away from the camera is aside, up or down, as to a desk or a phone. It is what is seen, and says nothing of where somebody’s mind is.</source>
        <translation>Girado respecto a la cámara quiere decir hacia un lado, hacia arriba o hacia abajo, como hacia una mesa o un teléfono. Es lo que se ve. No dice en qué piensa la persona.</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Qué hace</translation>
    </message>
    <message>
        <source>What it must not be used for</source>
        <translation>Para qué no se debe usar</translation>
    </message>
    <message>
        <source>What it was trained on</source>
        <translation>Con qué se entrenó</translation>
    </message>
    <message>
        <source>Where it is weaker</source>
        <translation>Dónde falla más</translation>
    </message>
    <message>
        <source>Where no expression reaches {share} %, the program says that it is not sure. Faces that are too small, dark, blurred or turned away are not read at all.</source>
        <translation>Cuando ninguna expresión llega al {share} %, el programa marca el rostro como «dudoso». Los rostros demasiado pequeños, oscuros, borrosos o girados no se leen.</translation>
    </message>
    <message>
        <source>Which pictures it was trained on, and whom they show, is not known here. Ask whoever made it.</source>
        <translation>Aquí no se sabe con qué imágenes se entrenó ni a quién muestran. Pregunte a quien la hizo.</translation>
    </message>
    <message>
        <source>almost dark</source>
        <translation>casi a oscuras</translation>
    </message>
    <message>
        <source>blocky</source>
        <translation>con bloques</translation>
    </message>
    <message>
        <source>in dim light</source>
        <translation>con poca luz</translation>
    </message>
    <message>
        <source>slightly blurred</source>
        <translation>un poco borroso</translation>
    </message>
    <message>
        <source>very blocky</source>
        <translation>con muchos bloques</translation>
    </message>
    <message>
        <source>very blurred</source>
        <translation>muy borroso</translation>
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
        <translation>Acerca del modelo</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Reading the card of the model</source>
        <translation>Leyendo la ficha del modelo</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>Detalles técnicos</translation>
    </message>
</context>
<context>
    <name>ModelFileField</name>
    <message>
        <source>0 and 1</source>
        <translation>0 y 1</translation>
    </message>
    <message>
        <source>0 and 255</source>
        <translation>0 y 255</translation>
    </message>
    <message>
        <source>Another order</source>
        <translation>Otro orden</translation>
    </message>
    <message>
        <source>Black and white are</source>
        <translation>El negro y el blanco son</translation>
    </message>
    <message>
        <source>By alphabet, as Keras sorts folders: {classes}</source>
        <translation>Alfabético, como Keras ordena las carpetas: {classes}</translation>
    </message>
    <message>
        <source>Colour (RGB)</source>
        <translation>Color (RGB)</translation>
    </message>
    <message>
        <source>FER-2013&apos;s: {classes}</source>
        <translation>El de FER-2013: {classes}</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Gris</translation>
    </message>
    <message>
        <source>It sees faces in</source>
        <translation>Ve los rostros en</translation>
    </message>
    <message>
        <source>Its classes, in order</source>
        <translation>Sus categorías, en orden</translation>
    </message>
    <message>
        <source>Networks (*.tflite *.keras)</source>
        <translation>Redes neuronales (*.tflite *.keras)</translation>
    </message>
    <message>
        <source>Order of the classes</source>
        <translation>Orden de las categorías</translation>
    </message>
    <message>
        <source>Own network</source>
        <translation>Red neuronal propia</translation>
    </message>
    <message>
        <source>Please choose</source>
        <translation>Elija una opción</translation>
    </message>
    <message>
        <source>Reading the network</source>
        <translation>Leyendo la red neuronal</translation>
    </message>
    <message>
        <source>Say in which order the network gives the seven classes, each once.</source>
        <translation>Indique en qué orden da la red neuronal las siete categorías, cada una una vez.</translation>
    </message>
    <message>
        <source>Say whether the network sees faces in grey or in colour.</source>
        <translation>Indique si la red neuronal ve los rostros en gris o en color.</translation>
    </message>
    <message>
        <source>Say which numbers the network takes for black and for white.</source>
        <translation>Indique qué números toma la red neuronal para el negro y para el blanco.</translation>
    </message>
    <message>
        <source>This file does not say what its seven outputs mean. Please tell:</source>
        <translation>Este archivo no dice qué significan sus siete salidas. Indíquelo:</translation>
    </message>
    <message>
        <source>This network fits.</source>
        <translation>Esta red neuronal sirve.</translation>
    </message>
    <message>
        <source>−1 and 1</source>
        <translation>−1 y 1</translation>
    </message>
</context>
<context>
    <name>Moments</name>
    <message>
        <source>Choose a moment in the lesson first, then name it (M)</source>
        <translation>Elija primero un momento de la clase, después póngale nombre (M)</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Marcar</translation>
    </message>
    <message>
        <source>Moments</source>
        <translation>Momentos</translation>
    </message>
    <message>
        <source>Name the chosen moment (M)</source>
        <translation>Poner nombre al momento elegido (M)</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Remove the chosen marker (Delete)</source>
        <translation>Eliminar el marcador elegido (Supr)</translation>
    </message>
    <message>
        <source>Removed: {name}</source>
        <translation>Eliminado: {name}</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renombrar</translation>
    </message>
    <message>
        <source>Type another name for the chosen marker (F2)</source>
        <translation>Dar otro nombre al marcador elegido (F2)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
</context>
<context>
    <name>MomentsModel</name>
    <message>
        <source>Alert</source>
        <translation>Aviso</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Cambio</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>Hueco</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Marcador</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Hora</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Qué</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>detenida</translation>
    </message>
    <message>
        <source>{kind}: {text}</source>
        <comment>a kind of moment, and what it was</comment>
        <translation>{kind}: {text}</translation>
    </message>
    <message>
        <source>{why}, for {length}</source>
        <comment>why a lesson was not seen, and for how long</comment>
        <translation>{why}, durante {length}</translation>
    </message>
</context>
<context>
    <name>MomentsTable</name>
    <message>
        <source>Moments</source>
        <translation>Momentos</translation>
    </message>
    <message>
        <source>Nothing was marked, and nothing changed by more than chance.</source>
        <translation>No se marcó nada, y nada cambió más que por azar.</translation>
    </message>
</context>
<context>
    <name>Name</name>
    <message>
        <source>Name of the lesson</source>
        <translation>Nombre de la clase</translation>
    </message>
    <message>
        <source>Rename the lesson</source>
        <translation>Cambiar el nombre de la clase</translation>
    </message>
    <message>
        <source>Rename the lesson (F2)</source>
        <translation>Cambiar el nombre de la clase (F2)</translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message>
        <source>Not saved</source>
        <translation>No guardado</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Guardado</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Guardando…</translation>
    </message>
    <message>
        <source>What you want to remember of this lesson. Name no student.</source>
        <translation>Lo que quiere recordar de esta clase. No nombre a ningún alumno.</translation>
    </message>
    <message>
        <source>Your notes</source>
        <translation>Sus notas</translation>
    </message>
</context>
<context>
    <name>NothingFound</name>
    <message>
        <source>Names, classes and what markers say are searched. Fewer letters find more.</source>
        <translation>Se busca en los nombres, los grupos y el texto de las marcas. Con menos letras se encuentra más.</translation>
    </message>
    <message>
        <source>No lesson matches “{text}”</source>
        <translation>Ninguna clase coincide con «{text}»</translation>
    </message>
    <message>
        <source>Show all lessons</source>
        <translation>Mostrar todas las clases</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>In this call I use a program on my computer that guesses, from faces, roughly how many of us look neutral, smile, or look sad, afraid or angry. It shows me counts of the whole class and whether they change. It is often wrong, and it does not know what anybody feels. It keeps counts only: no pictures, nothing about single people, and nothing leaves my computer. Nobody is graded, judged or disciplined by it. If you do not want to be read, write to me or switch your camera off: I leave you out, and you need not say why.</source>
        <translation>En esta videollamada uso un programa en mi equipo que intenta adivinar, por los rostros, más o menos cuántos de nosotros parecen neutrales, sonríen o parecen tristes, asustados o enojados. Me muestra recuentos de todo el grupo y si cambian. Se equivoca a menudo y no sabe lo que siente nadie. Solo guarda recuentos: ninguna imagen, nada sobre personas concretas, y nada sale de mi equipo. A nadie se le califica, juzga ni castiga por ello. Si no quiere que se le lea, escríbame o apague su cámara: lo dejo fuera, y no hace falta que diga por qué.</translation>
    </message>
</context>
<context>
    <name>NoticeCard</name>
    <message>
        <source>Copied: paste it into the call&apos;s chat.</source>
        <translation>Copiado: péguelo en el chat de la videollamada.</translation>
    </message>
    <message>
        <source>Copy the text</source>
        <translation>Copiar el texto</translation>
    </message>
</context>
<context>
    <name>NoticePopover</name>
    <message>
        <source>What others were told</source>
        <translation>Lo que se dijo a los demás</translation>
    </message>
</context>
<context>
    <name>Objection</name>
    <message>
        <source>End and erase</source>
        <translation>Terminar y borrar</translation>
    </message>
    <message>
        <source>Erase the lesson…</source>
        <translation>Borrar la clase…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Left out from now on. The seconds before hold figures of the class, and none of a person.</source>
        <translation>Excluido desde ahora. Los segundos anteriores contienen cifras de la clase y ninguna de una persona.</translation>
    </message>
    <message>
        <source>New lesson</source>
        <translation>Nueva clase</translation>
    </message>
    <message>
        <source>The lesson ends now and is erased, with all of its figures.</source>
        <translation>La clase termina ahora y se borra, con todas sus cifras.</translation>
    </message>
    <message>
        <source>The lesson was ended.</source>
        <translation>La clase se dio por terminada.</translation>
    </message>
</context>
<context>
    <name>OwnEnd</name>
    <message>
        <source>Nobody has been in sight for 15 minutes. The lesson ends in a minute.</source>
        <translation>No se ve a nadie desde hace 15 minutos. La clase termina en un minuto.</translation>
    </message>
    <message>
        <source>The call’s window has been gone for 5 minutes. The lesson ends in a minute.</source>
        <translation>La ventana de la videollamada falta desde hace 5 minutos. La clase termina en un minuto.</translation>
    </message>
</context>
<context>
    <name>OwnRecording</name>
    <message>
        <source>A recording of yourself</source>
        <translation>Una grabación de usted</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>I alone am seen in it</source>
        <translation>Solo se me ve a mí</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Recordings of others stay off with your answers. One in which you alone are seen can be opened: you say so here, each time.</source>
        <translation>Con sus respuestas, las grabaciones de otros quedan desactivadas. Se puede abrir una en la que solo se le vea a usted: lo dice aquí, cada vez.</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>PlayerBar</name>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
    <message>
        <source>Play the lesson, or pause it (Space)</source>
        <translation>Reproducir la clase, o pausarla (Espacio)</translation>
    </message>
    <message>
        <source>Show the sentence of the whole lesson again</source>
        <translation>Mostrar otra vez la frase de toda la clase</translation>
    </message>
    <message>
        <source>The whole lesson</source>
        <translation>Toda la clase</translation>
    </message>
    <message>
        <source>Whole lesson</source>
        <translation>Toda la clase</translation>
    </message>
    <message>
        <source>{moment} of {length}</source>
        <comment>a moment of a lesson, and how long that is</comment>
        <translation>{moment} de {length}</translation>
    </message>
    <message>
        <source>{speed} times as fast as it was</source>
        <translation>{speed} veces más rápido de lo que fue</translation>
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
        <translation>Omitir</translation>
    </message>
</context>
<context>
    <name>ReadCard</name>
    <message>
        <source>Click your own tile then: it is left out, and counts nowhere</source>
        <translation>Haga clic después en su recuadro: queda excluido y no cuenta en ningún lado</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ocultar</translation>
    </message>
    <message>
        <source>Show or hide what is read (Ctrl+L)</source>
        <translation>Mostrar u ocultar lo que se lee (Ctrl+L)</translation>
    </message>
    <message>
        <source>This is me…</source>
        <translation>Soy yo…</translation>
    </message>
    <message>
        <source>What is read</source>
        <translation>Lo que se lee</translation>
    </message>
    <message>
        <source>What was read</source>
        <translation>Lo que se leyó</translation>
    </message>
</context>
<context>
    <name>Reading</name>
    <message>
        <source>All of it is read. It is one of your lessons now.</source>
        <translation>Se ha leído entera. Ahora es una de sus clases.</translation>
    </message>
    <message>
        <source>It could not be read to its end.</source>
        <translation>No se pudo leer hasta el final.</translation>
    </message>
    <message>
        <source>Stopped at {moment}. Drop the same recording once more to go on from there.</source>
        <translation>Detenida en {moment}. Suelte otra vez la misma grabación para seguir desde ahí.</translation>
    </message>
    <message>
        <source>This recording is one of your lessons already.</source>
        <translation>Esta grabación ya es una de sus clases.</translation>
    </message>
</context>
<context>
    <name>ReadingPage</name>
    <message>
        <source>A moment of the recording</source>
        <translation>Un momento de la grabación</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Drag to a moment that is read: the chart says what faces showed there</source>
        <translation>Arrastre hasta un momento leído: el gráfico dice qué mostraban las caras</translation>
    </message>
    <message>
        <source>How far the recording is read</source>
        <translation>Hasta dónde se ha leído la grabación</translation>
    </message>
    <message>
        <source>The recording is looked through before it is read.</source>
        <translation>La grabación se revisa antes de leerse.</translation>
    </message>
    <message>
        <source>Your lessons</source>
        <translation>Sus clases</translation>
    </message>
    <message>
        <source>{done} of {length} read</source>
        <translation>{done} de {length} leídos</translation>
    </message>
    <message>
        <source>{done} read</source>
        <translation>{done} leídos</translation>
    </message>
    <message>
        <source>{moment} of {length}</source>
        <translation>{moment} de {length}</translation>
    </message>
    <message>
        <source>{progress} · about {left} left</source>
        <translation>{progress} · quedan unos {left}</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>another face</source>
        <translation>otro rostro</translation>
    </message>
    <message>
        <source>blurred</source>
        <translation>borroso</translation>
    </message>
    <message>
        <source>covered</source>
        <translation>tapado</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>congelado</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>compartido</translation>
    </message>
    <message>
        <source>still picture</source>
        <translation>imagen fija</translation>
    </message>
    <message>
        <source>tilted</source>
        <translation>inclinado</translation>
    </message>
    <message>
        <source>too bright</source>
        <translation>muy claro</translation>
    </message>
    <message>
        <source>too dark</source>
        <translation>muy oscuro</translation>
    </message>
    <message>
        <source>too small</source>
        <translation>muy pequeño</translation>
    </message>
    <message>
        <source>turned away</source>
        <translation>girado</translation>
    </message>
    <message>
        <source>unclear</source>
        <translation>poco claro</translation>
    </message>
</context>
<context>
    <name>RecordingTurn</name>
    <message>
        <source>FER Desktop (not recording)</source>
        <translation>FER Desktop (no guarda datos)</translation>
    </message>
</context>
<context>
    <name>RegionBar</name>
    <message>
        <source>A region is at least {least} × {least} px.</source>
        <translation>Una parte de la pantalla mide al menos {least} × {least} px.</translation>
    </message>
    <message>
        <source>An arrow key starts in the middle, Esc cancels.</source>
        <translation>Una flecha comienza en el centro, Esc cancela.</translation>
    </message>
    <message>
        <source>Arrows move it, {key}+arrows resize it, Enter uses it.</source>
        <translation>Las flechas lo mueven, {key}+flechas cambian su tamaño, Enter lo usa.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Ctrl</translation>
    </message>
    <message>
        <source>Drag a rectangle around the faces.</source>
        <translation>Arrastre un rectángulo alrededor de los rostros.</translation>
    </message>
    <message>
        <source>Drag its edges to adjust it.</source>
        <translation>Arrastre los bordes para ajustarlo.</translation>
    </message>
    <message>
        <source>Drag its edges to enlarge it, Esc cancels.</source>
        <translation>Arrastre los bordes para agrandarla, Esc cancela.</translation>
    </message>
    <message>
        <source>Option</source>
        <translation>Opción</translation>
    </message>
    <message>
        <source>Use this region</source>
        <translation>Usar esta parte</translation>
    </message>
</context>
<context>
    <name>RegionOverlay</name>
    <message>
        <source>The screen cannot be shown because of a fault in the program; choose another source.</source>
        <translation>No se puede mostrar la pantalla por un fallo en el programa; elija otra fuente.</translation>
    </message>
</context>
<context>
    <name>RegionWindow</name>
    <message>
        <source>Choose a screen region</source>
        <translation>Elegir una parte de la pantalla</translation>
    </message>
    <message>
        <source>Screen region</source>
        <translation>Parte de la pantalla</translation>
    </message>
    <message>
        <source>{width} by {height} pixels, {left} from the left, {top} from the top</source>
        <translation>{width} por {height} píxeles, a {left} de la izquierda y a {top} de arriba</translation>
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
            <numerusform>Se añadió %n clase.</numerusform>
            <numerusform>Se añadieron %n clases.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 lesson was added.</source>
        <translation>Se añadió 1 clase.</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Copia de seguridad</translation>
    </message>
    <message>
        <source>Backups (*.db)</source>
        <translation>Copias de seguridad (*.db)</translation>
    </message>
    <message>
        <source>Here already: {count}.</source>
        <translation>Ya estaban: {count}.</translation>
    </message>
    <message>
        <source>Lessons of the backup that are not here are added. Those that are here stay as they are.</source>
        <translation>Se añaden las clases de la copia que no están aquí. Las que están se quedan como están.</translation>
    </message>
    <message>
        <source>None was added.</source>
        <translation>No se añadió ninguna.</translation>
    </message>
    <message>
        <source>Older than lessons are kept, and erased at the next start unless you choose longer in the settings: {count}.</source>
        <translation>Más antiguas de lo que se guardan, y se borrarán en el próximo inicio si no elige más tiempo en la configuración: {count}.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurar</translation>
    </message>
    <message>
        <source>Restore lessons</source>
        <translation>Restaurar clases</translation>
    </message>
    <message>
        <source>Restoring…</source>
        <translation>Restaurando…</translation>
    </message>
</context>
<context>
    <name>RetentionLine</name>
    <message numerus="yes">
        <source>%n lessons will be erased with their CSV files when the next one begins or the program starts.</source>
        <translation>
            <numerusform>%n clase se borrará con su archivo CSV cuando comience la próxima o se inicie el programa.</numerusform>
            <numerusform>%n clases se borrarán con sus archivos CSV cuando comience la próxima o se inicie el programa.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lessons will be erased within the next 7 days, with their CSV files, the first {day}.</source>
        <translation>
            <numerusform>%n clase se borrará en los próximos 7 días, con su archivo CSV: {day}.</numerusform>
            <numerusform>%n clases se borrarán en los próximos 7 días, con sus archivos CSV; la primera, {day}.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 lesson will be erased with its CSV file when the next one begins or the program starts.</source>
        <translation>1 clase se borrará con su archivo CSV cuando comience la próxima o se inicie el programa.</translation>
    </message>
    <message>
        <source>1 lesson will be erased within the next 7 days, with its CSV file: {day}.</source>
        <translation>1 clase se borrará en los próximos 7 días, con su archivo CSV: {day}.</translation>
    </message>
    <message>
        <source>Each will be erased then, with its CSV file.</source>
        <translation>Cada una se borrará entonces, con su archivo CSV.</translation>
    </message>
    <message>
        <source>No lesson will be erased by itself.</source>
        <translation>Ninguna clase se borrará por sí sola.</translation>
    </message>
    <message>
        <source>The oldest lesson will be erased on {day}, with its CSV file.</source>
        <translation>La clase más antigua se borrará {day}, con su archivo CSV.</translation>
    </message>
    <message>
        <source>They are on a network drive: let one computer at a time record.</source>
        <translation>Están en una unidad de red: grabe con un solo equipo a la vez.</translation>
    </message>
</context>
<context>
    <name>SavedDialog</name>
    <message>
        <source>&amp;Back up all…</source>
        <translation>&amp;Copia de seguridad…</translation>
    </message>
    <message>
        <source>&amp;Compare…</source>
        <translation>&amp;Comparar…</translation>
    </message>
    <message>
        <source>&amp;Erase</source>
        <translation>&amp;Borrar</translation>
    </message>
    <message>
        <source>&amp;Erase its text</source>
        <translation>Borrar su &amp;texto</translation>
    </message>
    <message>
        <source>&amp;Import a CSV…</source>
        <translation>&amp;Importar un CSV…</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>&amp;Más</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Abrir</translation>
    </message>
    <message>
        <source>&amp;Restore…</source>
        <translation>&amp;Restaurar…</translation>
    </message>
    <message>
        <source>&amp;Save a copy…</source>
        <translation>&amp;Guardar una copia…</translation>
    </message>
    <message>
        <source>A lesson is being recorded: stop it first.</source>
        <translation>Hay una clase en curso: deténgala primero.</translation>
    </message>
    <message>
        <source>A lesson is running: stop it first.</source>
        <translation>Hay una clase en curso: deténgala primero.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Erase all lessons?</source>
        <translation>¿Borrar todas las clases?</translation>
    </message>
    <message>
        <source>Erase everything</source>
        <translation>Borrar todo</translation>
    </message>
    <message>
        <source>Erase everything…</source>
        <translation>Borrar todo…</translation>
    </message>
    <message>
        <source>Figures of the class, second by second, and what your markers say. No picture.</source>
        <translation>Cifras del grupo, segundo a segundo, y lo que dicen sus marcadores. Ninguna imagen.</translation>
    </message>
    <message>
        <source>No lesson is saved.</source>
        <translation>No hay clases guardadas.</translation>
    </message>
    <message>
        <source>Saved lessons</source>
        <translation>Clases guardadas</translation>
    </message>
    <message>
        <source>This lesson is being recorded: stop it first.</source>
        <translation>Esta clase está en curso: deténgala primero.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>With their CSV files, as far as these are where they were written, and all backups. You can undo it for {seconds} seconds.</source>
        <translation>Con sus archivos CSV, si siguen donde se escribieron, y todas las copias de seguridad. Puede deshacerlo durante {seconds} segundos.</translation>
    </message>
</context>
<context>
    <name>SavedFlow</name>
    <message numerus="yes">
        <source>%n lessons were erased: they were kept for {days} days.</source>
        <translation>
            <numerusform>Se borró %n clase: se conservó durante {days} días.</numerusform>
            <numerusform>Se borraron %n clases: se conservaron durante {days} días.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lessons were erased: they were kept until the next start.</source>
        <translation>
            <numerusform>Se borró %n clase: se conservó hasta el próximo inicio.</numerusform>
            <numerusform>Se borraron %n clases: se conservaron hasta el próximo inicio.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 lesson was erased: it was kept for {days} days.</source>
        <translation>Se borró 1 clase: se conservó durante {days} días.</translation>
    </message>
    <message>
        <source>1 lesson was erased: it was kept until the next start.</source>
        <translation>Se borró 1 clase: se conservó hasta el próximo inicio.</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conservar</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>Guardar una copia…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>{offer} One of {count}.</source>
        <translation>{offer} Una de {count}.</translation>
    </message>
</context>
<context>
    <name>SavedList</name>
    <message>
        <source>Kept until</source>
        <translation>Se conserva hasta</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Duración</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Clase</translation>
    </message>
    <message>
        <source>Saved lessons</source>
        <translation>Clases guardadas</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Comenzó</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>after {length}</source>
        <translation>tras {length}</translation>
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
        <translation>Queda una copia que usted guardó: {file}</translation>
    </message>
    <message>
        <source>All lessons are erased.</source>
        <translation>Todas las clases están borradas.</translation>
    </message>
    <message>
        <source>Kept with your lessons until {day}.</source>
        <translation>Se conserva con sus clases hasta {day}.</translation>
    </message>
    <message>
        <source>No figures of this lesson are left here. Its CSV file is {file}</source>
        <translation>Aquí no quedan cifras de esta clase. Su archivo CSV es {file}</translation>
    </message>
    <message>
        <source>No figures of this lesson are left.</source>
        <translation>No quedan cifras de esta clase.</translation>
    </message>
    <message>
        <source>The lesson of {day} was erased. Its CSV file was moved or changed: erase it yourself if you want to: {file}</source>
        <comment>day is a date, or a word such as today</comment>
        <translation>Se borró una clase ({day}). Su archivo CSV se movió o cambió: bórrelo usted si lo desea: {file}</translation>
    </message>
    <message>
        <source>The marker&apos;s text is still in {file}</source>
        <translation>El texto del marcador sigue en {file}</translation>
    </message>
    <message>
        <source>What the marker says is erased.</source>
        <translation>Lo que dice el marcador está borrado.</translation>
    </message>
    <message>
        <source>ended unexpectedly</source>
        <translation>terminó de forma inesperada</translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>siempre</translation>
    </message>
    <message>
        <source>no figures</source>
        <translation>sin cifras</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>en curso</translation>
    </message>
    <message>
        <source>the next lesson or start</source>
        <translation>la próxima clase o el próximo inicio</translation>
    </message>
    <message>
        <source>{count} lessons are erased.</source>
        <translation>Se borraron {count} clases.</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <comment>day and time</comment>
        <translation>{day}, {time}</translation>
    </message>
    <message>
        <source>“{before}” is called “{after}” from now on.</source>
        <translation>«{before}» se llama ahora «{after}».</translation>
    </message>
    <message>
        <source>“{name}” ended unexpectedly {day} at {time}.
Its first {length} were saved, up to the second before.</source>
        <comment>day is a word such as today, or a date</comment>
        <translation>«{name}» terminó de forma inesperada ({day}, {time}).
Se guardó desde el comienzo ({length}), hasta el segundo anterior.</translation>
    </message>
    <message>
        <source>“{name}” ended unexpectedly.</source>
        <translation>«{name}» terminó de forma inesperada.</translation>
    </message>
    <message>
        <source>“{name}” is erased.</source>
        <translation>«{name}» está borrada.</translation>
    </message>
    <message>
        <source>“{name}” is of no class now.</source>
        <translation>«{name}» ya no es de ningún grupo.</translation>
    </message>
    <message>
        <source>“{name}” is of the class “{class_name}” now.</source>
        <translation>«{name}» es ahora del grupo «{class_name}».</translation>
    </message>
</context>
<context>
    <name>SeatPane</name>
    <message>
        <source>Else they are gone when the lesson ends. Kept ones are offered as you type; whose they are is not kept.</source>
        <translation>Si no, desaparecen al terminar la clase. Los conservados se ofrecen al escribir; de quién son no se conserva.</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ocultar</translation>
    </message>
    <message>
        <source>Keep the aliases for 7 days</source>
        <translation>Conservar los apodos 7 días</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>Puestos</translation>
    </message>
    <message>
        <source>Show or hide the seats (Ctrl+T)</source>
        <translation>Mostrar u ocultar los puestos (Ctrl+T)</translation>
    </message>
    <message>
        <source>What is seen of each camera now, never an expression. Nothing of it is kept, and it may be wrong.</source>
        <translation>Lo que se ve ahora de cada cámara, nunca una expresión. No se conserva nada, y puede ser erróneo.</translation>
    </message>
</context>
<context>
    <name>SeatSelection</name>
    <message>
        <source>Bring back</source>
        <translation>Volver a incluir</translation>
    </message>
    <message>
        <source>Bring everybody back</source>
        <translation>Volver a incluir a todos</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Excluir</translation>
    </message>
    <message>
        <source>This is me</source>
        <translation>Soy yo</translation>
    </message>
    <message>
        <source>camera off</source>
        <translation>cámara apagada</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>excluido</translation>
    </message>
    <message>
        <source>you</source>
        <comment>the user&apos;s own tile</comment>
        <translation>usted</translation>
    </message>
    <message>
        <source>{target}; Space brings it back</source>
        <translation>{target}; Espacio lo vuelve a incluir</translation>
    </message>
    <message>
        <source>{target}; Space leaves it out</source>
        <translation>{target}; Espacio lo excluye</translation>
    </message>
    <message>
        <source>{target}; Space says that this is you</source>
        <translation>{target}; Espacio indica que es usted</translation>
    </message>
</context>
<context>
    <name>SeatTable</name>
    <message>
        <source>Alias…</source>
        <translation>Apodo…</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Volver a incluir</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Excluir</translation>
    </message>
    <message>
        <source>Nobody is seen yet</source>
        <translation>Todavía no se ve a nadie</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>Puestos</translation>
    </message>
    <message>
        <source>Space leaves out or brings back, F2 gives an alias</source>
        <translation>Espacio excluye o vuelve a incluir, F2 pone un apodo</translation>
    </message>
    <message>
        <source>This is me</source>
        <translation>Soy yo</translation>
    </message>
</context>
<context>
    <name>SeatTableModel</name>
    <message>
        <source>Camera</source>
        <translation>Cámara</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Rostro</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Leído</translation>
    </message>
    <message>
        <source>Seat</source>
        <translation>Puesto</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>{seat}. F2 gives it an alias</source>
        <translation>{seat}. F2 le pone un apodo</translation>
    </message>
</context>
<context>
    <name>Seats</name>
    <message>
        <source>Counts of the class from {least} faces on</source>
        <translation>Cifras de la clase a partir de {least} rostros</translation>
    </message>
    <message>
        <source>Has left</source>
        <translation>Se fue</translation>
    </message>
    <message>
        <source>In view</source>
        <translation>A la vista</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Excluido</translation>
    </message>
    <message>
        <source>No, blurred</source>
        <translation>No, borroso</translation>
    </message>
    <message>
        <source>No, covered</source>
        <translation>No, tapado</translation>
    </message>
    <message>
        <source>No, hard to see</source>
        <translation>No, se ve mal</translation>
    </message>
    <message>
        <source>No, stands still</source>
        <translation>No, congelado</translation>
    </message>
    <message>
        <source>No, tilted</source>
        <translation>No, inclinado</translation>
    </message>
    <message>
        <source>No, too bright</source>
        <translation>No, muy claro</translation>
    </message>
    <message>
        <source>No, too dark</source>
        <translation>No, muy oscuro</translation>
    </message>
    <message>
        <source>No, too small</source>
        <translation>No, muy pequeño</translation>
    </message>
    <message>
        <source>No, turned away</source>
        <translation>No, girado</translation>
    </message>
    <message>
        <source>Not in view</source>
        <translation>Fuera de vista</translation>
    </message>
    <message>
        <source>Not shown</source>
        <translation>No se muestra</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Apagada</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Encendida</translation>
    </message>
    <message>
        <source>Seat {seat}</source>
        <translation>Puesto {seat}</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sí</translation>
    </message>
    <message>
        <source>camera: {state}</source>
        <translation>cámara: {state}</translation>
    </message>
    <message>
        <source>for {length}</source>
        <translation>desde hace {length}</translation>
    </message>
    <message>
        <source>read: {state}</source>
        <translation>leído: {state}</translation>
    </message>
    <message>
        <source>since before the seat view was opened</source>
        <translation>desde antes de abrir la vista de puestos</translation>
    </message>
    <message>
        <source>since {moment}</source>
        <translation>desde {moment}</translation>
    </message>
    <message>
        <source>you</source>
        <translation>usted</translation>
    </message>
</context>
<context>
    <name>SecondWindow</name>
    <message>
        <source>&amp;Go on without recording</source>
        <translation>&amp;Continuar sin guardar</translation>
    </message>
    <message>
        <source>&amp;Show the other window</source>
        <translation>&amp;Mostrar la otra ventana</translation>
    </message>
    <message>
        <source>FER Desktop is open already</source>
        <translation>FER Desktop ya está abierto</translation>
    </message>
    <message>
        <source>One window at a time records. You can look at a class in a second one, but nothing of it is kept as long as the first is open.</source>
        <translation>Solo una ventana guarda datos a la vez. En una segunda puede mirar una clase, pero no se conserva nada de ella mientras la primera esté abierta.</translation>
    </message>
    <message>
        <source>The other window does not answer. It may be busy: try once more, or go on without recording.</source>
        <translation>La otra ventana no responde. Puede estar ocupada: inténtelo una vez más o continúe sin guardar.</translation>
    </message>
</context>
<context>
    <name>SessionMessages</name>
    <message>
        <source>Copy the path</source>
        <translation>Copiar la ruta</translation>
    </message>
    <message>
        <source>End now</source>
        <translation>Terminar ahora</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>Omitirlos</translation>
    </message>
    <message>
        <source>New lesson</source>
        <translation>Nueva clase</translation>
    </message>
    <message>
        <source>No program here can show a folder. The file is {path}</source>
        <translation>Ningún programa puede mostrar aquí una carpeta. El archivo es {path}</translation>
    </message>
    <message>
        <source>Nothing is recorded in this window: the other one does that.</source>
        <translation>En esta ventana no se guarda nada: lo hace la otra.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Abrir la carpeta</translation>
    </message>
    <message>
        <source>Open this lesson</source>
        <translation>Abrir esta clase</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reanudar</translation>
    </message>
    <message>
        <source>Saved lessons…</source>
        <translation>Clases guardadas…</translation>
    </message>
    <message>
        <source>Saved to {path}</source>
        <translation>Guardado en {path}</translation>
    </message>
    <message>
        <source>The lesson is erased.</source>
        <translation>La clase está borrada.</translation>
    </message>
    <message>
        <source>The session is over. Nothing of it was recorded.</source>
        <translation>La sesión terminó. No se guardó nada de ella.</translation>
    </message>
    <message>
        <source>The session is saved with your lessons.</source>
        <translation>La sesión está guardada con sus clases.</translation>
    </message>
    <message>
        <source>This session is not recorded. The next one is.</source>
        <translation>Esta sesión no se guarda. La próxima sí.</translation>
    </message>
    <message>
        <source>This window covers a part of what is read, and that part is left out: move it aside.</source>
        <translation>Esta ventana tapa una parte de lo que se lee, y esa parte queda fuera: apártela.</translation>
    </message>
    <message numerus="yes">
        <source>{problem} %n seconds wait to be saved.</source>
        <translation>
            <numerusform>{problem} %n segundo espera a que se guarde.</numerusform>
            <numerusform>{problem} %n segundos esperan a que se guarden.</numerusform>
        </translation>
    </message>
    <message>
        <source>{problem} 1 second waits to be saved.</source>
        <translation>{problem} 1 segundo espera a que se guarde.</translation>
    </message>
    <message>
        <source>{problem} The session goes on, and what is not saved waits in memory.</source>
        <translation>{problem} La sesión continúa, y lo que no se ha guardado espera en la memoria.</translation>
    </message>
    <message>
        <source>{reason} What came before is saved to {path}</source>
        <translation>{reason} Lo anterior está guardado en {path}</translation>
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
        <translation>Cargando el modelo</translation>
    </message>
    <message>
        <source>Nothing is read until you resume.</source>
        <translation>No se lee nada hasta que reanude.</translation>
    </message>
    <message>
        <source>Opening the source</source>
        <translation>Abriendo la fuente</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Reading the first picture</source>
        <translation>Leyendo la primera imagen</translation>
    </message>
    <message>
        <source>Saving the session</source>
        <translation>Guardando la sesión</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sesión</translation>
    </message>
    <message>
        <source>Session ended</source>
        <translation>Sesión terminada</translation>
    </message>
    <message>
        <source>Share of the class</source>
        <translation>Proporción del grupo</translation>
    </message>
    <message>
        <source>Share of the faces</source>
        <translation>Proporción de los rostros</translation>
    </message>
    <message>
        <source>Source lost, trying again</source>
        <translation>Fuente perdida, intentando de nuevo</translation>
    </message>
    <message>
        <source>The detector and the network are read once a session.</source>
        <translation>El detector y la red neuronal se cargan una vez por sesión.</translation>
    </message>
    <message>
        <source>The lesson is erased.</source>
        <translation>La clase está borrada.</translation>
    </message>
    <message>
        <source>The pictures are gone, the figures are kept.</source>
        <translation>Las imágenes ya no están, las cifras se conservan.</translation>
    </message>
    <message>
        <source>Waiting for the first picture</source>
        <translation>Esperando la primera imagen</translation>
    </message>
    <message>
        <source>Waiting: a window of this program lies over the call</source>
        <translation>En espera: una ventana de este programa tapa la llamada</translation>
    </message>
    <message>
        <source>Waiting: another window covers the call</source>
        <translation>En espera: otra ventana tapa la videollamada</translation>
    </message>
    <message>
        <source>Waiting: the call&apos;s window is not shown</source>
        <translation>En espera: la ventana de la videollamada no se ve</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Advanced</source>
        <translation>Avanzado</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Hear the sound of an alert</source>
        <translation>Oír el sonido de un aviso</translation>
    </message>
    <message>
        <source>Plays it once. If you hear nothing, the system&apos;s sounds are off.</source>
        <translation>Lo reproduce una vez. Si no oye nada, los sonidos del sistema están desactivados.</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>Restablecer</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Configuración</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>Se aplica en el próximo inicio.</translation>
    </message>
    <message>
        <source>These change with the next lesson.</source>
        <translation>Estos cambian con la próxima clase.</translation>
    </message>
    <message>
        <source>This network cannot be used: choose another, or empty the field for the built-in one.</source>
        <translation>Esta red neuronal no se puede usar: elija otra o vacíe el campo para usar la incluida.</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Probar</translation>
    </message>
    <message>
        <source>{label}: choose a {suffix} file of {kind}, or empty the field.</source>
        <translation>{label}: elija un archivo {suffix} de {kind} o vacíe el campo.</translation>
    </message>
</context>
<context>
    <name>SettingsQuestion</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Or start with the defaults; the file is then renamed to {name}.</source>
        <translation>O comience con los valores predeterminados; el archivo pasará a llamarse {name}.</translation>
    </message>
    <message>
        <source>Start with the defaults</source>
        <translation>Usar los predeterminados</translation>
    </message>
</context>
<context>
    <name>ShareRows</name>
    <message>
        <source>{name}: {number} of 100</source>
        <translation>{name}: {number} de 100</translation>
    </message>
</context>
<context>
    <name>Source</name>
    <message>
        <source>Camera {number}</source>
        <translation>Cámara {number}</translation>
    </message>
    <message>
        <source>Demo class</source>
        <translation>Clase de demostración</translation>
    </message>
    <message>
        <source>Part of the screen · {width} × {height} px</source>
        <translation>Parte de la pantalla · {width} × {height} px</translation>
    </message>
    <message>
        <source>the stream</source>
        <translation>la transmisión</translation>
    </message>
</context>
<context>
    <name>SourceFlow</name>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>Carpeta de imágenes</translation>
    </message>
    <message>
        <source>Recording or pictures</source>
        <translation>Grabación o imágenes</translation>
    </message>
    <message>
        <source>Recordings and pictures ({patterns})</source>
        <translation>Grabaciones e imágenes ({patterns})</translation>
    </message>
</context>
<context>
    <name>SourcesMenu</name>
    <message>
        <source>&amp;Again: {source}</source>
        <translation>&amp;De nuevo: {source}</translation>
    </message>
    <message>
        <source>&amp;Cameras and all others</source>
        <translation>Cámaras &amp;y todas las demás</translation>
    </message>
    <message>
        <source>&amp;Demo class</source>
        <translation>Clase de &amp;demostración</translation>
    </message>
    <message>
        <source>&amp;Folder of pictures…</source>
        <translation>&amp;Carpeta de imágenes…</translation>
    </message>
    <message>
        <source>&amp;Recording or pictures…</source>
        <translation>&amp;Grabación o imágenes…</translation>
    </message>
    <message>
        <source>&amp;Window…</source>
        <translation>&amp;Ventana…</translation>
    </message>
    <message>
        <source>S&amp;tream…</source>
        <translation>&amp;Transmisión…</translation>
    </message>
</context>
<context>
    <name>Squares</name>
    <message>
        <source>Faces now</source>
        <translation>Rostros ahora</translation>
    </message>
    <message>
        <source>Not of this moment: {faces}</source>
        <translation>No es de este momento: {faces}</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>A class of generated faces</source>
        <translation>Una clase de rostros generados</translation>
    </message>
    <message>
        <source>An HTTP or RTSP address</source>
        <translation>Una dirección HTTP o RTSP</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Cámara</translation>
    </message>
    <message>
        <source>Choose a file, or drop one here</source>
        <translation>Elija un archivo o suéltelo aquí</translation>
    </message>
    <message>
        <source>Choose the call&apos;s window</source>
        <translation>Elija la ventana de la videollamada</translation>
    </message>
    <message>
        <source>Draw around the faces of a call</source>
        <translation>Enmarque los rostros de la llamada</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Última usada</translation>
    </message>
    <message>
        <source>Looking for cameras</source>
        <translation>Buscando cámaras</translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation>Sin cámara</translation>
    </message>
    <message>
        <source>Only figures of the class are kept. No picture is saved, and nothing leaves this computer.</source>
        <translation>Solo se guardan cifras del grupo. No se guarda ninguna imagen y nada sale de este equipo.</translation>
    </message>
    <message>
        <source>Part of the screen</source>
        <translation>Parte de la pantalla</translation>
    </message>
    <message>
        <source>Plug one in, then press here</source>
        <translation>Conecte una y pulse aquí</translation>
    </message>
    <message>
        <source>Recording or pictures</source>
        <translation>Grabación o imágenes</translation>
    </message>
    <message>
        <source>Same part of the screen</source>
        <translation>La misma parte de la pantalla</translation>
    </message>
    <message>
        <source>Still none. Plug one in, then press here</source>
        <translation>Aún ninguna. Conecte una y pulse aquí</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Transmisión</translation>
    </message>
    <message>
        <source>What do you want to look at?</source>
        <translation>¿Qué quiere mirar?</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Ventana</translation>
    </message>
    <message>
        <source>Your lessons</source>
        <translation>Sus clases</translation>
    </message>
    <message>
        <source>{width} × {height} px, as last time</source>
        <translation>{width} × {height} px, como la última vez</translation>
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
            <numerusform>%n perdida</numerusform>
            <numerusform>%n perdidas</numerusform>
        </translation>
    </message>
    <message>
        <source>CPU {percent} %</source>
        <translation>CPU {percent} %</translation>
    </message>
    <message>
        <source>Nothing is being read</source>
        <translation>No se lee nada</translation>
    </message>
    <message>
        <source>Reading every {seconds} s</source>
        <translation>Lee cada {seconds} s</translation>
    </message>
    <message>
        <source>Reading once a second</source>
        <translation>Lee una vez por segundo</translation>
    </message>
    <message>
        <source>Reading {count} times a second</source>
        <translation>Lee {count} veces por segundo</translation>
    </message>
    <message>
        <source>Slower than usual: the computer is busy</source>
        <translation>Más lento que de costumbre: el equipo está ocupado</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Iniciando</translation>
    </message>
    <message>
        <source>fps in: frames from the source. Updates: frames that were read; held back where more of them would take more of the processor than the settings leave to this program beside the call. Dropped: updates that came too late because the one before was still being read. Then the time from a frame to its reading, and this program&apos;s share of the processor.</source>
        <translation>Imágenes/s: las que llegan de la fuente. Lecturas: las imágenes que se leyeron; se limitan cuando más lecturas ocuparían más procesador del que la configuración deja a este programa junto a la videollamada. Perdidas: lecturas que llegaron tarde porque la anterior aún no había terminado. Después, el tiempo desde una imagen hasta su lectura y la parte del procesador que usa este programa.</translation>
    </message>
    <message>
        <source>{hz} fps in</source>
        <translation>{hz} imágenes/s</translation>
    </message>
    <message>
        <source>{hz} updates/s</source>
        <translation>{hz} lecturas/s</translation>
    </message>
    <message>
        <source>{hz} updates/s, held back</source>
        <translation>{hz} lecturas/s, limitadas</translation>
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
        <translation>{step} de {count}</translation>
    </message>
</context>
<context>
    <name>StreamDialog</name>
    <message>
        <source>Address of the stream</source>
        <translation>Dirección de la transmisión</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>It begins with http://, https:// or rtsp://</source>
        <translation>Comienza con http://, https:// o rtsp://</translation>
    </message>
    <message>
        <source>Open stream</source>
        <translation>Abrir la transmisión</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Transmisión</translation>
    </message>
</context>
<context>
    <name>TellingPage</name>
    <message>
        <source>Before you begin, put this into the call&apos;s chat, and say it too. Whoever does not want to be read is left out, no reason asked.</source>
        <translation>Antes de empezar, ponga esto en el chat de la videollamada y dígalo también. Quien no quiera ser leído queda fuera, sin preguntar por qué.</translation>
    </message>
    <message>
        <source>Telling the class</source>
        <translation>Avisar al grupo</translation>
    </message>
    <message>
        <source>The demo class</source>
        <translation>La clase de demostración</translation>
    </message>
    <message>
        <source>Twenty-five generated faces, none of them a real person. Try the program on them at any time.</source>
        <translation>Veinticinco rostros generados, ninguno de una persona real. Pruebe el programa con ellos cuando quiera.</translation>
    </message>
    <message>
        <source>With your answers no class is read, so there is nobody to tell. You can look at the demo class.</source>
        <translation>Con sus respuestas no se lee ningún grupo, así que no hay a quién avisar. Puede ver la clase de demostración.</translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message>
        <source>d MMMM</source>
        <comment>format of a day, as Qt writes it</comment>
        <translation>&apos;el&apos; d &apos;de&apos; MMMM</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>format of a day of another year, as Qt writes it</comment>
        <translation>&apos;el&apos; d &apos;de&apos; MMMM &apos;de&apos; yyyy</translation>
    </message>
    <message>
        <source>today</source>
        <translation>hoy</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>mañana</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>ayer</translation>
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
        <translation>El grupo está avisado</translation>
    </message>
    <message>
        <source>What others were told</source>
        <translation>Lo que se dijo a los demás</translation>
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
        <translation>Marcador</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reanudar</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>Mostrar la ventana</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pausa</translation>
    </message>
</context>
<context>
    <name>TrendView</name>
    <message numerus="yes">
        <source>%n faces are read; their figures are withheld.</source>
        <translation>
            <numerusform>Se lee %n rostro; sus cifras no se muestran.</numerusform>
            <numerusform>Se leen %n rostros; sus cifras no se muestran.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 face is read; its figures are withheld.</source>
        <translation>Se lee 1 rostro; sus cifras no se muestran.</translation>
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
        <translation>Todo</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>Volver a ahora</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Ambas</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Curvas</translation>
    </message>
    <message>
        <source>From {least} faces on they are of a class.</source>
        <translation>A partir de {least} rostros son de un grupo.</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Proporción</translation>
    </message>
    <message>
        <source>Share of the class</source>
        <translation>Proporción del grupo</translation>
    </message>
    <message>
        <source>Share of the class over time</source>
        <translation>Proporción del grupo a lo largo del tiempo</translation>
    </message>
    <message>
        <source>Show both</source>
        <translation>Mostrar ambas</translation>
    </message>
    <message>
        <source>Show curves</source>
        <translation>Mostrar las curvas</translation>
    </message>
    <message>
        <source>Show share</source>
        <translation>Mostrar la proporción</translation>
    </message>
    <message>
        <source>Show the last 1 min</source>
        <translation>Mostrar el último minuto</translation>
    </message>
    <message>
        <source>Show the last 15 min</source>
        <translation>Mostrar los últimos 15 min</translation>
    </message>
    <message>
        <source>Show the last 5 min</source>
        <translation>Mostrar los últimos 5 min</translation>
    </message>
    <message>
        <source>Show the whole session</source>
        <translation>Mostrar toda la sesión</translation>
    </message>
    <message>
        <source>The class over time appears here as soon as a face is read.</source>
        <translation>La evolución del grupo aparece aquí en cuanto se lee un rostro.</translation>
    </message>
    <message>
        <source>Trend of the class</source>
        <translation>Evolución del grupo</translation>
    </message>
</context>
<context>
    <name>TrendWords</name>
    <message>
        <source>At {time}: {shares}</source>
        <translation>A los {time}: {shares}</translation>
    </message>
    <message>
        <source>No figures in what is shown.</source>
        <translation>No hay cifras en lo que se muestra.</translation>
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
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Your lessons cannot be shown</source>
        <translation>No se pueden mostrar sus clases</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>How does the class look?</source>
        <translation>¿Cómo se ve la clase?</translation>
    </message>
    <message>
        <source>Open your video call with the gallery of faces, then start: the call&apos;s window is found by itself. You see in a second what most faces show and whether it has changed. Or look at a made-up class first.</source>
        <translation>Abra la videollamada con la galería de caras y empiece: la ventana de la llamada se encuentra sola. En un segundo ve qué muestra la mayoría de las caras y si ha cambiado. O mire primero una clase inventada.</translation>
    </message>
    <message>
        <source>See the demo class</source>
        <translation>Ver la clase de demostración</translation>
    </message>
    <message>
        <source>Start a lesson</source>
        <translation>Empezar una clase</translation>
    </message>
</context>
<context>
    <name>WhileAway</name>
    <message>
        <source>Marked {time}</source>
        <translation>Marcado {time}</translation>
    </message>
</context>
<context>
    <name>WindowDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>It is followed when it moves. What lies over it is not read: the session waits and says so.</source>
        <translation>Se la sigue cuando se mueve. Lo que queda cubierto no se lee: la sesión espera y lo dice.</translation>
    </message>
    <message>
        <source>No window looks like a call. Start the call and press Refresh, or choose the one that shows it.</source>
        <translation>Ninguna ventana parece una videollamada. Iníciela y pulse Actualizar, o elija la ventana que la muestra.</translation>
    </message>
    <message>
        <source>No window of another program is open</source>
        <translation>No hay ninguna ventana abierta de otro programa</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Actualizar</translation>
    </message>
    <message>
        <source>Search again (F5)</source>
        <translation>Buscar de nuevo (F5)</translation>
    </message>
    <message>
        <source>Start the call, then press Refresh.</source>
        <translation>Inicie la videollamada y pulse Actualizar.</translation>
    </message>
    <message>
        <source>The windows cannot be listed</source>
        <translation>No se puede mostrar la lista de ventanas</translation>
    </message>
    <message>
        <source>Use this window</source>
        <translation>Usar esta ventana</translation>
    </message>
    <message>
        <source>Which window shows the call?</source>
        <translation>¿Qué ventana muestra la videollamada?</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Ventana</translation>
    </message>
</context>
<context>
    <name>WindowPreview</name>
    <message>
        <source>Black where other windows lie over it now. It is read as soon as it lies free.</source>
        <translation>Negro donde ahora la cubren otras ventanas. Se lee en cuanto quede libre.</translation>
    </message>
    <message>
        <source>Other windows lie over it now.
It is read as soon as it lies free.</source>
        <translation>Ahora la cubren otras ventanas.
Se lee en cuanto quede libre.</translation>
    </message>
    <message>
        <source>Picture of the window</source>
        <translation>Imagen de la ventana</translation>
    </message>
</context>
<context>
    <name>WindowRows</name>
    <message>
        <source>Call</source>
        <translation>Llamada</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Última usada</translation>
    </message>
    <message>
        <source>Open windows</source>
        <translation>Ventanas abiertas</translation>
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
        <translation>Cuánto está hecho</translation>
    </message>
    <message>
        <source>No program here can show a folder. It is {folder}</source>
        <translation>Ningún programa aquí puede mostrar una carpeta. Es {folder}</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Abrir la carpeta</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Stopped: nothing was changed.</source>
        <translation>Detenido: no se cambió nada.</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Deteniendo…</translation>
    </message>
</context>
<context>
    <name>WorkingDialog</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>_Name</name>
    <message>
        <source>Name of the marker</source>
        <translation>Nombre del marcador</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Class of the lesson</source>
        <translation>Grupo de la clase</translation>
    </message>
    <message>
        <source>Class, such as 9b</source>
        <translation>Grupo, por ejemplo 3.º B</translation>
    </message>
    <message>
        <source>Name of the lesson</source>
        <translation>Nombre de la clase</translation>
    </message>
</context>
<context>
    <name>_Trouble</name>
    <message>
        <source>Back to your lessons</source>
        <translation>Volver a sus clases</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
</context>
<context>
    <name>page</name>
    <message>
        <source>All of it is read. It is one of your lessons now.</source>
        <translation>Se ha leído entera. Ahora es una de sus clases.</translation>
    </message>
</context>
</TS>
