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
        <source>Mark this moment</source>
        <translation>Marcar este momento</translation>
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
        <source>Quiet</source>
        <translation>Silencio</translation>
    </message>
    <message>
        <source>Useful</source>
        <translation>Útil</translation>
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
        <source>%n tiles</source>
        <translation>
            <numerusform>%n recuadro</numerusform>
            <numerusform>%n recuadros</numerusform>
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
    <name>Erasing</name>
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
    <name>Expression</name>
    <message>
        <source>angry</source>
        <translation>enojo</translation>
    </message>
    <message>
        <source>disgust</source>
        <translation>asco</translation>
    </message>
    <message>
        <source>fear</source>
        <translation>miedo</translation>
    </message>
    <message>
        <source>happy</source>
        <translation>alegría</translation>
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
    <name>GlancePanel</name>
    <message>
        <source>Figures from so few faces would describe individual people, not a class.</source>
        <translation>Cifras de tan pocos rostros describirían a personas concretas, no a un grupo.</translation>
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
        <source>The class at a glance</source>
        <translation>El grupo de un vistazo</translation>
    </message>
    <message>
        <source>The lesson has ended. Its course is kept below.</source>
        <translation>La clase terminó. Su desarrollo queda abajo.</translation>
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
        <source>%n no face</source>
        <translation>
            <numerusform>%n sin rostro</numerusform>
            <numerusform>%n sin rostro</numerusform>
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
        <source>no face</source>
        <translation>sin rostro</translation>
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
        <source>End the session and save it (Ctrl+E)</source>
        <translation>Terminar la sesión y guardarla (Ctrl+E)</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Terminada</translation>
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
    <name>HomePage</name>
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
        <source>Change…</source>
        <translation>Cambiar…</translation>
    </message>
    <message>
        <source>Draw a region</source>
        <translation>Dibujar una zona</translation>
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
        <source>S&amp;tream…</source>
        <translation>&amp;Transmisión…</translation>
    </message>
    <message>
        <source>Save or erase…</source>
        <translation>Guardar o borrar…</translation>
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
    <name>KeysPage</name>
    <message>
        <source>Add a marker; press twice to add it without a name</source>
        <translation>Agregar un marcador; pulse dos veces para agregarlo sin nombre</translation>
    </message>
    <message>
        <source>Arrows, Space</source>
        <translation>Flechas, Espacio</translation>
    </message>
    <message>
        <source>Bring everybody back</source>
        <translation>Volver a incluir a todos</translation>
    </message>
    <message>
        <source>Choose a part of the screen</source>
        <translation>Elegir una parte de la pantalla</translation>
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
        <translation>Ctrl+Mayús+O</translation>
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
        <translation>Pantalla completa</translation>
    </message>
    <message>
        <source>In the live view: move between faces, leave out or bring back</source>
        <translation>En la vista en vivo: pasar de un rostro a otro, excluirlo o volver a incluirlo</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Atajos de teclado</translation>
    </message>
    <message>
        <source>M</source>
        <translation>M</translation>
    </message>
    <message>
        <source>Mini strip</source>
        <translation>Barra pequeña</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>Nueva sesión</translation>
    </message>
    <message>
        <source>Open a folder of pictures</source>
        <translation>Abrir una carpeta de imágenes</translation>
    </message>
    <message>
        <source>Open a recording or pictures</source>
        <translation>Abrir una grabación o imágenes</translation>
    </message>
    <message>
        <source>Pause or resume</source>
        <translation>Pausar o reanudar</translation>
    </message>
    <message>
        <source>Quit; a running session is saved</source>
        <translation>Salir; la sesión en curso se guarda</translation>
    </message>
    <message>
        <source>Saved lessons</source>
        <translation>Clases guardadas</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Configuración</translation>
    </message>
    <message>
        <source>Show or hide what is read</source>
        <translation>Mostrar u ocultar lo que se lee</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espacio</translation>
    </message>
    <message>
        <source>Stop and save</source>
        <translation>Detener y guardar</translation>
    </message>
    <message>
        <source>This page</source>
        <translation>Esta página</translation>
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
        <source>Neutral</source>
        <translation>Neutral</translation>
    </message>
    <message>
        <source>Read right, of 100 faces that look so</source>
        <translation>Leídos bien, de 100 rostros que parecen así</translation>
    </message>
    <message>
        <source>Read right, of 100 faces this high</source>
        <translation>Leídos bien, de 100 rostros de esta altura</translation>
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
        <source>Show or hide {expression}</source>
        <translation>Mostrar u ocultar {expression}</translation>
    </message>
    <message>
        <source>Show {expression}</source>
        <translation>Mostrar {expression}</translation>
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
        <source>Seven curves</source>
        <translation>Siete curvas</translation>
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
</context>
<context>
    <name>LessonFooter</name>
    <message>
        <source>Back to now</source>
        <translation>Volver a ahora</translation>
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
    <name>LessonPlot</name>
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
    <name>LessonRows</name>
    <message>
        <source>Your lessons</source>
        <translation>Sus clases</translation>
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
        <source>{count} cameras are read</source>
        <translation>cámaras leídas: {count}</translation>
    </message>
    <message>
        <source>{count} of {all}</source>
        <translation>{count} de {all}</translation>
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
    <name>LiveView</name>
    <message>
        <source>Click to leave it out</source>
        <translation>Haga clic para excluirlo</translation>
    </message>
    <message>
        <source>Click your own tile; Esc for none</source>
        <translation>Haga clic en su recuadro; Esc para ninguno</translation>
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
        <source>Enter: add · M twice: add without a name · Esc: cancel</source>
        <translation>Enter: agregar · M dos veces: agregar sin nombre · Esc: cancelar</translation>
    </message>
    <message>
        <source>Name of the marker</source>
        <translation>Nombre del marcador</translation>
    </message>
    <message>
        <source>Name of this moment (optional)</source>
        <translation>Nombre de este momento (opcional)</translation>
    </message>
</context>
<context>
    <name>MarkerRow</name>
    <message>
        <source>Name of the marker at {time}</source>
        <translation>Nombre del marcador en {time}</translation>
    </message>
    <message>
        <source>Remove this marker</source>
        <translation>Eliminar este marcador</translation>
    </message>
</context>
<context>
    <name>Marking</name>
    <message>
        <source>Marked: {name}</source>
        <translation>Marcado: {name}</translation>
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
        <source>&amp;Keyboard shortcuts</source>
        <translation>Atajos de &amp;teclado</translation>
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
        <source>&amp;Number the tiles of a call</source>
        <translation>&amp;Numerar los recuadros de una videollamada</translation>
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
        <source>&amp;Resume	Space</source>
        <translation>&amp;Reanudar	Espacio</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Sesión</translation>
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
        <translation>&amp;Sus clases</translation>
    </message>
    <message>
        <source>About the &amp;model</source>
        <translation>Acerca del &amp;modelo</translation>
    </message>
    <message>
        <source>Fold what is &amp;read away</source>
        <translation>P&amp;legar lo que se lee</translation>
    </message>
    <message>
        <source>S&amp;ave or erase lessons…</source>
        <translation>&amp;Guardar o borrar clases…</translation>
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
</context>
<context>
    <name>Message</name>
    <message>
        <source>.onnx</source>
        <translation>.onnx</translation>
    </message>
    <message>
        <source>A fault in the program was met; what happened is in the log file.</source>
        <translation>Hubo un fallo en el programa; lo ocurrido consta en el archivo de registro.</translation>
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
        <source>Alerts</source>
        <translation>Avisos</translation>
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
        <source>Another window covers the chosen window: move one of them aside, and the session goes on.</source>
        <translation>Otra ventana cubre la ventana elegida: aparte una de las dos y la sesión continuará.</translation>
    </message>
    <message>
        <source>Another window of this program is recording: this session is kept in its CSV file alone until that one ends.</source>
        <translation>Otra ventana de este programa está guardando datos: hasta que termine, esta sesión se guarda solo en su archivo CSV.</translation>
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
        <source>Asleep</source>
        <translation>Suspendido</translation>
    </message>
    <message>
        <source>At most one in the quiet time and three a lesson, none in the first five minutes. Any may be a misreading.</source>
        <translation>Como máximo uno durante el silencio y tres por clase, ninguno en los primeros cinco minutos. Cualquiera puede ser una lectura errónea.</translation>
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
        <source>Compare each face with how it usually looks</source>
        <translation>Comparar cada rostro con su aspecto habitual</translation>
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
        <source>Each face is compared with how it usually looks</source>
        <translation>Cada rostro se compara con su aspecto habitual</translation>
    </message>
    <message>
        <source>Each of the {n_expressions} classes is needed once: {expressions}.</source>
        <translation>Cada una de las {n_expressions} categorías debe aparecer una vez: {expressions}.</translation>
    </message>
    <message>
        <source>Each tile shows its seat&apos;s number, and under the pointer since when it is there</source>
        <translation>Cada recuadro muestra el número de su puesto y, bajo el puntero, desde cuándo está</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>En otro lugar</translation>
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
        <source>Fewer faces than usual smile (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Menos rostros que de costumbre sonríen (unos {now} de {of}, de costumbre {usual}). Puede ser una lectura errónea.</translation>
    </message>
    <message>
        <source>Fewer faces than usual smile: about {now}, usually {usual}.</source>
        <translation>Menos rostros que de costumbre sonríen: unos {now}, de costumbre {usual}.</translation>
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
        <source>Height in the frame from which a face is readable</source>
        <translation>Altura en la imagen a partir de la cual se lee un rostro</translation>
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
        <source>How many frames a second are analyzed at most</source>
        <translation>Cuántas imágenes por segundo se analizan como máximo</translation>
    </message>
    <message>
        <source>How much it takes for an alert</source>
        <translation>Cuánto hace falta para un aviso</translation>
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
        <source>If off, a lesson is kept in this program only; you can save it as CSV later.</source>
        <translation>Si está desactivado, la clase se conserva solo en este programa; puede guardarla como CSV más adelante.</translation>
    </message>
    <message>
        <source>In the EU or EEA</source>
        <translation>En la UE o el EEE</translation>
    </message>
    <message>
        <source>It is not certain where the password ends in this address: in a user or password write @ as %40, / as %2F, ? as %3F, # as %23 and : as %3A.</source>
        <translation>No está claro dónde termina la contraseña en esta dirección: en el usuario o la contraseña escriba @ como %40, / como %2F, ? como %3F, # como %23 y : como %3A.</translation>
    </message>
    <message>
        <source>Its window&apos;s title, its file&apos;s path or its address without secrets. Off, none is kept, and the one that was is forgotten.</source>
        <translation>El título de su ventana, la ruta de su archivo o su dirección sin datos secretos. Si está desactivado, no se conserva nada y se olvida lo que había.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Last source</source>
        <translation>Última fuente</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>Aprendiendo</translation>
    </message>
    <message>
        <source>Learning what is usual.</source>
        <translation>Aprendiendo lo habitual.</translation>
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
        <source>Look</source>
        <translation>Aspecto</translation>
    </message>
    <message>
        <source>Make the call’s window larger: {count} of {faces} faces are too small to read.</source>
        <translation>Agrande&#xa0;la&#xa0;ventana&#xa0;de&#xa0;la&#xa0;videollamada:&#xa0;{count}&#xa0;de&#xa0;{faces}&#xa0;rostros&#xa0;son&#xa0;demasiado&#xa0;pequeños&#xa0;para&#xa0;leerlos.</translation>
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
        <source>Mixed.</source>
        <translation>Variado.</translation>
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
        <source>More faces than usual smile (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>Más rostros que de costumbre sonríen (unos {now} de {of}, de costumbre {usual}). Puede ser una lectura errónea.</translation>
    </message>
    <message>
        <source>More faces than usual smile: about {now}, usually {usual}.</source>
        <translation>Más rostros que de costumbre sonríen: unos {now}, de costumbre {usual}.</translation>
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
        <source>Mostly neutral.</source>
        <translation>Sobre todo neutral.</translation>
    </message>
    <message>
        <source>Mostly smiling.</source>
        <translation>La mayoría sonríe.</translation>
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
        <source>Network taught by</source>
        <translation>La red aprendió de</translation>
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
        <source>No figures of this lesson are left with the others: its CSV file is {file}</source>
        <translation>No quedan cifras de esta clase con las demás: su archivo CSV es {file}</translation>
    </message>
    <message>
        <source>No figures of this lesson are left: there is nothing to save.</source>
        <translation>No quedan cifras de esta clase: no hay nada que guardar.</translation>
    </message>
    <message>
        <source>No longer smiling</source>
        <translation>Ya no sonríen</translation>
    </message>
    <message>
        <source>No monitor was found; connect one and try again.</source>
        <translation>No se encontró ningún monitor; conecte uno e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>No picture in {folder} has a line in {boxes_file}: add one with the box of its face.</source>
        <translation>Ninguna imagen de {folder} tiene una línea en {boxes_file}: agregue una con el marco de su rostro.</translation>
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
        <source>Not in view</source>
        <translation>Fuera de vista</translation>
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
        <source>Number the tiles of a call</source>
        <translation>Numerar los recuadros de una videollamada</translation>
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
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>En pausa.</translation>
    </message>
    <message>
        <source>Picture lost</source>
        <translation>Sin imagen</translation>
    </message>
    <message>
        <source>Please choose</source>
        <translation>Elija una opción</translation>
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
        <source>Program</source>
        <translation>Programa</translation>
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
        <source>Recognition</source>
        <translation>Reconocimiento</translation>
    </message>
    <message>
        <source>Remember the last source</source>
        <translation>Recordar la última fuente</translation>
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
        <source>Saved lessons</source>
        <translation>Clases guardadas</translation>
    </message>
    <message>
        <source>Seat numbers</source>
        <translation>Números de los puestos</translation>
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
        <source>Simulated recordings need the encoders of PyAV: run `make setup EXTRAS=dev`, or `pip install av`.</source>
        <translation>Las grabaciones simuladas necesitan los codificadores de PyAV: ejecute `make setup EXTRAS=dev` o `pip install av`.</translation>
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
        <translation>Algunos rostros parecen tristes en reposo. A partir de cinco rostros, tras el primer minuto de cada uno se descuenta la mitad de lo que es habitual en él. Solo se conserva en la memoria.</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Otra cosa</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Velocidad</translation>
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
        <source>Teaching</source>
        <translation>Enseñanza</translation>
    </message>
    <message>
        <source>Ten people&apos;s votes</source>
        <translation>Los votos de diez personas</translation>
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
        <source>The chosen part of the screen is on no monitor: choose it again.</source>
        <translation>La parte elegida de la pantalla no está en ningún monitor: elíjala de nuevo.</translation>
    </message>
    <message>
        <source>The computer was asleep.</source>
        <translation>El equipo estaba en suspensión.</translation>
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
        <source>The disk does not answer: what is not saved waits in memory until it does.</source>
        <translation>El disco no responde: lo que no se ha guardado espera en la memoria hasta que responda.</translation>
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
        <source>The folder {folder} cannot be written: choose another with --out.</source>
        <translation>No se puede escribir en la carpeta {folder}: elija otra con --out.</translation>
    </message>
    <message>
        <source>The folder {out} cannot be made: choose another.</source>
        <translation>No se puede crear la carpeta {out}: elija otra.</translation>
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
        <source>The monitor with the chosen part of the screen was unplugged or changed: plug it in again, or choose the part again.</source>
        <translation>El monitor con la parte elegida de la pantalla se desconectó o cambió: conéctelo de nuevo o elija otra vez la parte.</translation>
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
        <source>The picture cannot be saved as {path}: check that its folder can be written.</source>
        <translation>La imagen no se puede guardar como {path}: compruebe que se puede escribir en su carpeta.</translation>
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
        <source>The program did not begin a session on the demo class: try `demo --out DIR` to see why.</source>
        <translation>El programa no comenzó una sesión con la clase de demostración: pruebe `demo --out DIR` para ver por qué.</translation>
    </message>
    <message>
        <source>The program&apos;s folder {name} is missing: install it again.</source>
        <translation>Falta la carpeta {name} del programa: instálelo de nuevo.</translation>
    </message>
    <message>
        <source>The reading of frames ended by a fault; it is started again.</source>
        <translation>La lectura de imágenes terminó por un fallo; se inicia de nuevo.</translation>
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
        <source>The run was too short to be measured: give it 10 seconds or more.</source>
        <translation>La ejecución fue demasiado corta para medirla: déjela durar 10 segundos o más.</translation>
    </message>
    <message>
        <source>The screen shows colours in {depth} bits, which cannot be captured: set it to 24 bits (in Xorg&apos;s configuration, DefaultDepth 24), then start again.</source>
        <translation>La pantalla muestra los colores con {depth} bits, y así no se puede capturar: póngala en 24 bits (en la configuración de Xorg, DefaultDepth 24) y vuelva a empezar.</translation>
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
        <source>The stream from {name} broke off: check the network, then start again.</source>
        <translation>La transmisión de {name} se cortó: compruebe la red y vuelva a empezar.</translation>
    </message>
    <message>
        <source>The window could not be measured: see the line above.</source>
        <translation>No se pudo medir la ventana: vea la línea de arriba.</translation>
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
        <source>There are no pictures in {path}: choose a folder with JPEG or PNG files.</source>
        <translation>No hay imágenes en {path}: elija una carpeta con archivos JPEG o PNG.</translation>
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
        <source>This lesson cannot be added to your saved lessons: {problem} Its CSV file is written.</source>
        <translation>Esta clase no se puede agregar a sus clases guardadas: {problem} Su archivo CSV está escrito.</translation>
    </message>
    <message>
        <source>This lesson is no longer stored.</source>
        <translation>Esta clase ya no está guardada.</translation>
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
        <source>Time constant of the smoothing; 0 is none</source>
        <translation>Constante de tiempo del suavizado; 0 es ninguno</translation>
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
        <source>Turned away</source>
        <translation>Girados</translation>
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
        <source>Usual look</source>
        <translation>Aspecto habitual</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ver</translation>
    </message>
    <message>
        <source>Waiting: another window covers the call.</source>
        <translation>En espera: otra ventana tapa la videollamada.</translation>
    </message>
    <message>
        <source>What are the calls?</source>
        <translation>¿Para qué son las videollamadas?</translation>
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
        <source>Where is the class held?</source>
        <translation>¿Dónde se imparte la clase?</translation>
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
        <source>Your answers cannot be kept in {file}: check that its folder can be written.</source>
        <translation>Sus respuestas no se pueden guardar en {file}: compruebe que se puede escribir en su carpeta.</translation>
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
        <source>are not in view</source>
        <translation>no se ven</translation>
    </message>
    <message>
        <source>are turned away</source>
        <translation>están girados</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>dañado</translation>
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
        <source>look sad, afraid or angry</source>
        <translation>parecen tristes, asustados o enojados</translation>
    </message>
    <message>
        <source>look surprised</source>
        <translation>parecen sorprendidos</translation>
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
        <source>{expected} rows were expected, {written} are in the files, {stored} in the store.</source>
        <translation>Se esperaban {expected} filas; hay {written} en los archivos y {stored} en el almacén.</translation>
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
        <source>{file} is a file of this program, which holds your lessons: choose another name.</source>
        <translation>{file} es un archivo de este programa que contiene sus clases: elija otro nombre.</translation>
    </message>
    <message>
        <source>{file} is damaged: its columns are file,x0,y0,x1,y1, in px.</source>
        <translation>{file} está dañado: sus columnas son file,x0,y0,x1,y1, en px.</translation>
    </message>
    <message>
        <source>{file} is no YuNet file that OpenCV reads: choose another in the settings, or leave it empty there.</source>
        <translation>{file} no es un archivo de YuNet que OpenCV pueda leer: elija otro en la configuración o deje vacío el campo.</translation>
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
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Cerrar este mensaje</translation>
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
</context>
<context>
    <name>SavedDialog</name>
    <message>
        <source>&amp;Erase</source>
        <translation>&amp;Borrar</translation>
    </message>
    <message>
        <source>&amp;Erase its text</source>
        <translation>Borrar su &amp;texto</translation>
    </message>
    <message>
        <source>A lesson is being recorded: stop it first.</source>
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
        <source>Save as &amp;CSV…</source>
        <translation>Guardar como &amp;CSV…</translation>
    </message>
    <message>
        <source>Saved lessons</source>
        <translation>Clases guardadas</translation>
    </message>
    <message>
        <source>Saved to {path}</source>
        <translation>Guardado en {path}</translation>
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
        <source>CSV files (*.csv)</source>
        <translation>Archivos CSV (*.csv)</translation>
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
        <source>Save as CSV</source>
        <translation>Guardar como CSV</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Guardar como CSV…</translation>
    </message>
    <message>
        <source>Saved to {path}</source>
        <translation>Guardado en {path}</translation>
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
        <source>{day}, {time}</source>
        <comment>day and time</comment>
        <translation>{day}, {time}</translation>
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
        <source>New session</source>
        <translation>Nueva sesión</translation>
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
        <source>Saved lessons…</source>
        <translation>Clases guardadas…</translation>
    </message>
    <message>
        <source>Saved to {path}</source>
        <translation>Guardado en {path}</translation>
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
        <source>The pictures are gone, the figures are kept.</source>
        <translation>Las imágenes ya no están, las cifras se conservan.</translation>
    </message>
    <message>
        <source>Waiting for the first picture</source>
        <translation>Esperando la primera imagen</translation>
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
        <source>A session is running: recognition, faces and speed change with the next one.</source>
        <translation>Hay una sesión en curso: el reconocimiento, los rostros y la velocidad cambian con la próxima.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
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
        <source>This network cannot be used: choose another, or empty the field for the built-in one.</source>
        <translation>Esta red neuronal no se puede usar: elija otra o vacíe el campo para usar la incluida.</translation>
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
    <name>_Welcome</name>
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
</TS>
