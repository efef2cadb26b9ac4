<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>AboutPage</name>
    <message>
        <source>Version {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expressions on the faces of a video call, for the class as a whole: an aid and never a verdict.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Works on this computer alone. No picture is saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python {python} · Qt {qt} · MIT licence</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>A fault in the program was met; a running session goes on. What happened is in the log file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A fault in the program was met; a running session goes on. What happened is in the log file {file}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClassBars</name>
    <message>
        <source>Expressions of the class now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No figures: no face is readable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No figures: too few faces are readable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{expression}: no figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{expression} {share}, 95 % interval {low} to {high} %, {count} of %n readable faces look most like it</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message>
        <source>1 tile</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n tiles</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{tiles} and 1 face beside them</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{tiles} and %n faces beside them</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>1 camera on</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n cameras on</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a face</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n here</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>1 has left</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n have left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n came back</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Left once before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left twice before</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Left %n times before</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{readable} of 1 camera readable</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n cameras readable</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n readable: figures from {least} on</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CoverageLine</name>
    <message>
        <source>{count} {reason}</source>
        <comment>2 too small</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused: no figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source gives no picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something covers the window that is read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too slow: nothing was read in this second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The computer slept: no figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No camera is on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No face found yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words}.</source>
        <comment>a sentence with its full stop</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not read: {reasons}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures from so few faces would describe individual people, not a class: none are shown or saved</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Erasing</name>
    <message>
        <source>The lessons could not be erased. {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the marker says could not be erased. {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” could not be erased. {reason}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Expression</name>
    <message>
        <source>angry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>disgust</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>happy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>surprise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>neutral</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FileField</name>
    <message>
        <source>Clear the field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose: {title}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HeaderBar</name>
    <message>
        <source>Ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause or resume (Space)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name this moment in the file (M)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the session and save it (Ctrl+E)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the live view (Ctrl+L)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings (Ctrl+,)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Playing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause or resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>M</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a marker; press twice to add it without a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrows, Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the live view: move between faces, leave out or bring back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring everybody back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a part of the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+O</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a recording or pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder of pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+H</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved lessons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the live view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F11</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit; a running session is saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Show {expression}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide {expression}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message>
        <source>Read. It counts in the class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not sure: it counts as “not sure”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not readable: {reason}, {height} px tall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tile {number} of {many}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Face {number} of {many}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seat {seat}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seat {seat}: here for {minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seat {seat}: here for less than a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No face is large and clear enough to read</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Figures of the class are shown from %n readable faces on</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Everybody found is left out. Click somebody to bring them back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No camera is on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No face found in this picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{readable} of 1 face</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n faces</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{tiles}; {faces}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out: click to bring it back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to leave it out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not sure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{expression} {percent} %</source>
        <comment>happy 82 %</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not sure: {expressions}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not counted: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>you</source>
        <comment>the user&apos;s own tile</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{columns} × {rows} tiles</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>FER Desktop (not recording)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>marker {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marked: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing marked: no frame has come yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MarkerPopover</name>
    <message>
        <source>Name of this moment (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the marker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter: add · M twice: add without a name · Esc: cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Part of the screen…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Window…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Recording or pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Folder of pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;tream…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Demo class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved &amp;lessons…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause	Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Marker…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Bring everybody back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop and save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold the &amp;live view away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Number the tiles of a call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About the &amp;model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Responsible use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About FER Desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Resume	Space</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Message</name>
    <message>
        <source>.onnx</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A fault in the program was met; what happened is in the log file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A session is being recorded: end it, then repair the store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A session of the soak did not begin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A session of the soak was not saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A stream&apos;s address begins with http://, https:// or rtsp:// and names a computer: correct it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A window of {program} covers the chosen window: move one of them aside, and the session goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another file was put in the place of the session&apos;s: all of it is written again, to {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another window covers the chosen window: move one of them aside, and the session goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another window of this program is recording: this session is kept in its CSV file alone until that one ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the network has it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV files are saved in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare each face with how it usually looks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detector or network failed {times} times in a row, and nothing is read any more: stop the session, and begin another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detector or network gave no answer for {seconds} s; they are loaded again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detector score from which a face is readable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each face is compared with how it usually looks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each of the {n_expressions} classes is needed once: {expressions}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each tile shows its seat&apos;s number, and under the pointer since when it is there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FER Desktop, in your documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Face detector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For 180 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For 30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For 7 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For ever</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frames cannot be read because of a fault in the program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height in the frame from which a face is readable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long a session is kept; then it is erased for good, with its CSV file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many frames a second are analyzed at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hz</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I have read this page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If off, a lesson is kept in this program only; you can save it as CSV later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the EU or EEA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not certain where the password ends in this address: in a user or password write @ as %40, / as %2F, ? as %3F, # as %23 and : as %3A.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its window&apos;s title, its file&apos;s path or its address without secrets. Off, none is kept, and the one that was is forgotten.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lessons are kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light or dark window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live capture of a class stays off here: with education in the EU or EEA the law forbids it. The demo class, your own camera and recordings can be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Markers are missing in the files or in the store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network taught by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No camera was found: connect one, then start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No figures of this lesson are left with the others: its CSV file is {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No figures of this lesson are left: there is nothing to save.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No monitor was found; connect one and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture in {folder} has a line in {boxes_file}: add one with the box of its face.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pictures come from {name}: check the address and the network, then start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number the tiles of a call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please choose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor cores used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor share, at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor threads of the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remember the last source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Responsible use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved lessons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seat numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Session {id} has no marker {number}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Session {id} is being recorded: end it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of all processor cores that the program may take</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated recordings need the encoders of PyAV: run `make setup EXTRAS=dev`, or `pip install av`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smallest face that is read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smoothed over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some faces look sad at rest. From five faces on, half of what is usual for each is left out after its first minute. It is kept in memory only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sure of a face from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Teaching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ten people&apos;s votes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The audited session did not end in its time: see the log file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The audited session did not end in {seconds:.0f} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The audited session failed: {problem}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chosen part of the screen is on no monitor: choose it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The demo class in {folder} is missing or damaged: install the program again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The demo did not end in its time: see the log file, then run it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The demo was closed before its first frame: run it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk did not answer: the end of the session may be missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk does not answer: what is not saved waits in memory until it does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The face detector gave {count} faces for one picture, which is noise: choose another in the settings, or leave it empty there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The face detector gives no rows of YuNet: choose another in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The face detector {file} is not the one that was shipped: install the program again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The face detector {file} is not there: choose another in the settings, or leave it empty there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The face detector {file} is too large: choose another in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The face detector&apos;s answers are no faces, so nothing was read from them: choose another in the settings, or leave it empty there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figures of 1 lesson could not be recovered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figures of {empty} lessons could not be recovered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file of the session was changed by another program: all of it is written again, to {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file of the session was lost by the network drive: all of it is written again, to {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file of the session was moved: all of it is written again, to {path}, and goes on there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file of the session was removed: all of it is written again, to {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {folder} cannot be written: choose another with --out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {out} cannot be made: choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The monitor with the chosen part of the screen was unplugged or changed: plug it in again, or choose the part again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network {file} can no longer be read: choose another in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network {model} is not the one that was shipped: install the program again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network {model} was not found: choose another in the settings, or the shipped one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network {network} is damaged; {spare} reads the same in its place, more slowly: install the program again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network&apos;s answers are no probabilities, so nothing was read from them: choose another in the settings, or the shipped one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The one that comes with the program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The original labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The page on responsible use was read and accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture cannot be saved as {path}: check that its folder can be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture {path} cannot be opened: check that you may read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture {path} was not found: check where it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program did not begin a session on the demo class: try `demo --out DIR` to see why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program&apos;s folder {name} is missing: install it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reading of frames ended by a fault; it is started again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording {path} breaks off at {end_s:.0f} s of {claimed_s:.0f} s: get a complete copy of it; the rows up to there are saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording {path} breaks off at {end_s:.0f} s: get a complete copy of it; the rows up to there are saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording {path} cannot be opened: check that you may read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording {path} is damaged or not a video: play it in a video player, or choose another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording {path} is empty: choose another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording {path} was not found: check where it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run was too short to be measured: give it 10 seconds or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The screen shows colours in {depth} bits, which cannot be captured: set it to 24 bits (in Xorg&apos;s configuration, DefaultDepth 24), then start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session cannot be read back from {path}: look at its disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The setting &quot;{label}&quot; ({name}) is {value}: {allowed}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings cannot be saved in {folder}: check that it can be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings in {file} are not this program&apos;s: mend or delete the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings in {file} cannot be read: mend or delete the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings in {file} were written by a newer version: update, or delete the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shipped face detector {file} is missing: install the program again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shipped network {shipped} is missing: install the program again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sidecar {file} cannot be read: correct it, or choose the network again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sidecar {model} does not fit: it needs the seven classes ({expressions}) in the network&apos;s order, and input with channels 1 or 3 and a value_range.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The soak stands still: see the log file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source ended by a fault in the program; it is being opened again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source failed {times} times in a row, and is not opened again: stop the session, check the source, and begin another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source gives a picture every {seconds} s only: seconds long after one have no figures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source has given no picture for {seconds} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source has given no picture for {seconds} s; it is being opened again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source is lost, as the soak wants it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source of the last session is remembered until the next start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store is being read by another program: close that, then erase once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store of sessions is damaged and is being repaired: this session is stored as soon as that is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store of sessions was damaged. {lost}; of others, {whole}, {seconds} seconds were saved. The damaged file is kept as {damaged}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store of sessions was damaged. {lost}; the damaged file is kept as {damaged}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store of sessions was damaged: nothing of it could be recovered; the damaged file is kept as {damaged}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store of sessions was damaged: {sessions} sessions with {seconds} seconds were saved, {from_backup} of them out of a backup; the damaged file is kept as {damaged}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store of sessions was moved, removed or replaced: this session is written again from its start, to {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store of sessions {path} cannot be repaired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store of sessions {path} cannot be used ({error}): look at its disk and folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store of sessions {path} holds what this program did not write ({error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store of sessions {path} is damaged: `sessions check --repair` saves what can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stream from {name} broke off: check the network, then start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window could not be measured: see the line above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window is hidden or on another desktop: bring it back, and the session goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window is minimised: open it again, and the session goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window is on no monitor: move it back, and the session goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window was closed: open it again, or end the session and choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no pictures in {path}: choose a folder with JPEG or PNG files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no home folder for {path}: choose another face detector in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no home folder for {path}: choose another {what} in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture to save: make the window larger and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no session {id}: `sessions list` shows those that there are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no {boxes_file} in or beside {folder}: add one with the boxes of the faces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This lesson cannot be added to your saved lessons: {problem} Its CSV file is written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This lesson is no longer stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This program&apos;s own window covers the chosen window: move one of them aside, and the session goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time constant of the smoothing; 0 is none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training needs TensorFlow: run `make setup EXTRAS=train`, or install fer-desktop[train].</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until the next lesson or start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Updates a second, at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usual look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What are the calls?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the calls are: education or something else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where is the class held?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the CSV files of sessions are saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the class is held: in the EU or EEA, or elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether a CSV file is written while a session runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which output of the network is read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a CSV file while a session runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own network, a .tflite or .keras file with its sidecar .json</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your saved lessons are damaged: start the program again, and what can be read is saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>YuNet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>YuNet&apos;s .onnx file, if you have one of your own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it can be true or false</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it can be {most} or {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it must be a number from {low} to {high}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it must be a whole number from {low} to {high}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it must be text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{expected} rows were expected, {written} are in the files, {stored} in the store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} cannot be read as a picture: save it as JPEG or PNG.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} cannot be written: copy the network to a folder of yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} is a file of this program, which holds your lessons: choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} is damaged: its columns are file,x0,y0,x1,y1, in px.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} is no YuNet file that OpenCV reads: choose another in the settings, or leave it empty there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} min were missed: the computer or the program was asleep.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} cannot be used as a network: choose a .tflite or .keras file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} cannot read several crops at once: convert it with an open batch size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} does not have one input: use a network that takes one crop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} does not output seven probabilities: end it in a softmax over seven classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} does not take square crops of a fixed size: use a network that does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} does not take the crops that its sidecar describes: correct one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} has no output named {wanted}, which its sidecar lists in `outputs`: correct it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} has no output named {wanted}: choose one of {heads}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} has no sidecar {name} beside it: choose the network in the settings, which ask for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} has the outputs {heads}: its sidecar must list in `outputs` the one to read first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} is not a Keras network that can be loaded here: choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} is not a TensorFlow Lite network with one input and named outputs: choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} is not a network that can be read: choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} is too large to be loaded ({found}; at most {most}): choose a smaller network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} takes crops of {shape} channels, its sidecar says {channels}: correct it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} takes whole numbers from 0 to 255: its sidecar&apos;s value_range must say so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the disk is full: free some space, or choose another folder (in the settings; on the command line with --out).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the disk is write-protected: choose another folder (in the settings; on the command line with --out).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the disk reports an error: check its cable, or choose another folder (in the settings; on the command line with --out).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the network drive has lost it: connect it again, or choose another folder (in the settings; on the command line with --out).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, your share of the disk is used up: delete some files, or choose another folder (in the settings; on the command line with --out).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}: make it writable, or choose another folder (in the settings; on the command line with --out).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} does not let you see this address: check user, password and address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} needs TensorFlow, which is not installed: pip install &apos;fer-desktop[train]&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} sends no pictures: close other programs that use it, such as the call, then start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} stopped sending pictures: check its cable, then start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} wants a user and a password, or knows others: write them before the computer&apos;s name, as in rtsp://user:password@computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was not found: connect it, or choose another camera.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} already exists: choose another name or move it away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be opened: check that you may read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written ({error}): free some space on that disk; what was written before is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written, it has reached the size that is allowed: free some space or have the limit raised; what was written before is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written, it is not permitted: allow this program to write in its folder; what was written before is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written, the disk is full: free some space on it; what was written before is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written, the disk is write-protected now: take the protection off, or connect it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written, the disk reports an error: check its cable, or the drive itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written, the network drive has lost it: connect the drive again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written, your share of the disk is used up: delete or move files of yours; what was written before is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} contains no recordings or pictures: choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is a HEIC photo, which cannot be read here: save it as JPEG or PNG.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is a database of another program: move it away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is damaged or not a picture: save it again as JPEG or PNG.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is no file: choose a picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is too large: make it smaller, at most {side:,} px a side and {megapixels} megapixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} met a fault in the program: please report it; what else was given is read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} was not found: check where it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} was written by a newer version of this program: install that one again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{problem} Change it in {file}, or delete the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{problem} What happened is in the log file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{problem} What happened is in {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{problem} Who was left out is counted again: leave them out once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s were missed: the computer or the program was asleep.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{start} {what} were open at the start, and {end} at the end.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>slightly blurred</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>very blurred</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blocky</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>very blocky</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in dim light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>almost dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{height} px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It looks at one face at a time and weighs seven expressions against each other. It says what a face shows to a stranger in one picture. It knows nothing of what anybody feels, thinks or understands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where no expression reaches {share} %, the program says that it is not sure. Faces that are too small, dark, blurred or turned away are not read at all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marking, ranking or watching individual people.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decisions about anybody.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Teaching or work in the EU and EEA, where the law forbids it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was trained on FER-2013: small grey pictures of faces, collected from the web in 2013 for a research contest. Ten people then said what they saw in each (FER+).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Many of these faces are posed or acted. People in a call show less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Few seem to be old, and few have dark skin. Expect more mistakes on such faces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People disagree about faces too: the contest&apos;s own labels and those ten people name the same expression on only two faces in three.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures carry no licence. They are meant for research.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which pictures it was trained on, and whom they show, is not known here. Ask whoever made it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A network misreads faces that were rare in its training more often than others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it must not be used for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where it is weaker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it was trained on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not known which file was measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is the file that was measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is NOT the file that was measured, which has the SHA-256 `{sha256}`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its SHA-256 is `{sha256}`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To measure it again, DIR being a folder with FER-2013:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output in use: `{name}`</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has one output.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not known which file was measured. The figures below may be those of another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file is not the one that was measured. The figures below may not hold for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They also helped to choose the network, so the figure may be a little too good.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of 100 faces, people agree with it on {rate}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of 100 faces, it agrees with the picture&apos;s label on {rate}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install the program again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure it again: the technical details say how.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured on {faces} faces set aside for it. Ten people looked at each; what most of them saw counts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured on the faces set aside for it. Ten people looked at each; what most of them saw counts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured on {faces} faces set aside for it, each with the one label that came with its picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured on the faces set aside for it, each with the one label that came with its picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The percentages it gives can be taken at their word: on average they are off by {points}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The percentages it gives are rough: on average they are off by {points}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often this network is right is not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its file does not say. Whoever has FER-2013 in a folder DIR can measure it:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>**Expressions.** Right on this many of 100 faces, by what people see in them: {expressions}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>**Expressions.** Right on this many of 100 faces, by the label of the picture: {expressions}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>**Small faces.** Right on this many of 100 faces, by their height: {heights}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>**Small faces.** How often it is right on them was not measured for this file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>**Very small faces.** With your settings, faces under {height} px are not read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>**Poor pictures.** Right on this many of 100 faces, by what spoils them: {conditions}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelCardDialog</name>
    <message>
        <source>Technical details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the card of the model</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelFileField</name>
    <message>
        <source>Own network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Networks (*.tflite *.keras)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order of the classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FER-2013&apos;s: {classes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By alphabet, as Keras sorts folders: {classes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please choose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour (RGB)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 and 255</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 and 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>−1 and 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its classes, in order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It sees faces in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Black and white are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say in which order the network gives the seven classes, each once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say whether the network sees faces in grey or in colour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say which numbers the network takes for black and for white.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This network fits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file does not say what its seven outputs mean. Please tell:</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>unclear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too small</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>turned away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tilted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too bright</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blurred</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>frozen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>still picture</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RegionBar</name>
    <message>
        <source>Drag a rectangle around the faces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An arrow key starts in the middle, Esc cancels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Option</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag its edges to adjust it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrows move it, {key}+arrows resize it, Enter uses it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A region is at least {least} × {least} px.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag its edges to enlarge it, Esc cancels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use this region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RegionOverlay</name>
    <message>
        <source>The screen cannot be shown because of a fault in the program; choose another source.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RegionWindow</name>
    <message>
        <source>Choose a screen region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Screen region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{width} × {height} px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{width} by {height} pixels, {left} from the left, {top} from the top</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResponsibleUse</name>
    <message>
        <source>Responsible use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before you look at a class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the figures are not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program says what faces show, not what people feel or think. A face that looks sad may be tired, reading, or listening closely. The best networks of this kind misread about one clear face in four, and more of those that are small, dark or turned away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How to use them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the class as a whole and how it moves. Never judge, grade or single out a person by a figure. Tell the people in the call that you use this program, and let them say no.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row of figures a second about the whole class, in a file on this computer. No picture is saved, and nothing is sent anywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the law says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the European Union the AI Act (Article 5(1)(f)) forbids programs that infer from faces how people in education feel, except for medical or safety reasons, and consent does not change that. India restricts watching how children behave. Elsewhere privacy and school rules may treat such figures as personal data. This is no legal advice: ask whoever answers for it at your school or company.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With these answers all sources can be used.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RetentionLine</name>
    <message>
        <source>No lesson will be erased by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 lesson will be erased with its CSV file when the next one begins or the program starts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n lessons will be erased with their CSV files when the next one begins or the program starts.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Each will be erased then, with its CSV file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 lesson will be erased within the next 7 days, with its CSV file: {day}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n lessons will be erased within the next 7 days, with their CSV files, the first {day}.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The oldest lesson will be erased on {day}, with its CSV file.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SavedDialog</name>
    <message>
        <source>Saved lessons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No lesson is saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as &amp;CSV…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase everything…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures of the class, second by second, and what your markers say. No picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Erase its text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Erase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This lesson is being recorded: stop it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A lesson is being recorded: stop it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved to {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase all lessons?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With their CSV files, as far as these are where they were written, and all backups. You can undo it for {seconds} seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SavedFlow</name>
    <message>
        <source>Save as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 lesson was erased: it was kept until the next start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n lessons were erased: they were kept until the next start.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>1 lesson was erased: it was kept for {days} days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n lessons were erased: they were kept for {days} days.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{offer} One of {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved to {path}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SavedList</name>
    <message>
        <source>Lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved lessons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after {length}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SavedSessions</name>
    <message>
        <source>{day}, {time}</source>
        <comment>day and time</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ended unexpectedly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, </source>
        <comment>between words</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No figures of this lesson are left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No figures of this lesson are left here. Its CSV file is {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for ever</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the next lesson or start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept with your lessons until {day}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” ended unexpectedly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” ended unexpectedly {day} at {time}.
Its first {length} were saved, up to the second before.</source>
        <comment>day is a word such as today, or a date</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All lessons are erased.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the marker says is erased.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is erased.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The marker&apos;s text is still in {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A copy that you saved is left: {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The lesson of {day} was erased. Its CSV file was moved or changed: erase it yourself if you want to: {file}</source>
        <comment>day is a date, or a word such as today</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SeatSelection</name>
    <message>
        <source>camera off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>you</source>
        <comment>the user&apos;s own tile</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{target}; Space brings it back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{target}; Space leaves it out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring everybody back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SecondWindow</name>
    <message>
        <source>One window at a time records. You can look at a class in a second one, but nothing of it is kept as long as the first is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Show the other window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Go on without recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FER Desktop is open already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other window does not answer. It may be busy: try once more, or go on without recording.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionMessages</name>
    <message>
        <source>Nothing is recorded in this window: the other one does that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This session is not recorded. The next one is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{problem} 1 second waits to be saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{problem} %n seconds wait to be saved.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session is over. Nothing of it was recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The session is saved with your lessons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved lessons…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{reason} {saved}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{reason} What came before is saved to {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved to {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{problem} The session goes on, and what is not saved waits in memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This window covers a part of what is read: move it aside.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionPage</name>
    <message>
        <source>Loading the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the first frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source lost, trying again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving the session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The detector and the network are read once a session.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is read until you resume.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Session ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures are gone, the figures are kept.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Responsible use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A session is running: recognition, faces and speed change with the next one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This network cannot be used: choose another, or empty the field for the built-in one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{label}: choose a {suffix} file of {kind}, or empty the field.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsQuestion</name>
    <message>
        <source>Or start with the defaults; the file is then renamed to {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start with the defaults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Source</name>
    <message>
        <source>Demo class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of the screen · {width} × {height} px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the stream</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera {number}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SourceFlow</name>
    <message>
        <source>Recordings and pictures ({patterns})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording or pictures</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Looking for cameras</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What do you want to look at?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only figures of the class are kept. No picture is saved, and nothing leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug one in, then press here to look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{width} × {height} px, as last time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same part of the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw around the faces of a call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the call&apos;s window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file, or drop one here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording or pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stream</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An HTTP or RTSP address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A class of generated faces</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>fps in: frames from the source. Updates: frames that were read; held back where more of them would take more of the processor than the settings leave to this program beside the call. Dropped: updates that came too late because the one before was still being read. Then the time from a frame to its reading, and this program&apos;s share of the processor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hz} updates/s, held back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hz} updates/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hz} fps in</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n dropped</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{latency} ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPU {percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · </source>
        <comment>between figures</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StreamDialog</name>
    <message>
        <source>Stream</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of the stream</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It begins with http://, https:// or rtsp://</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open stream</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message>
        <source>today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMMM</source>
        <comment>format of a day, as Qt writes it</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>format of a day of another year, as Qt writes it</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrendView</name>
    <message>
        <source>1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the last 1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>5 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the last 5 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>15 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the last 15 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the whole session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class over time appears here as soon as a face is read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trend of the class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the class over time</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WindowDialog</name>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use this window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which window shows the call?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is followed when it moves. What lies over it is not read: the session waits and says so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search again (F5)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No window of another program is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the call, then press Refresh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The windows cannot be listed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WindowPreview</name>
    <message>
        <source>Other windows lie over it now.
It is read as soon as it lies free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Black where other windows lie over it now. It is read as soon as it lies free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture of the window</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WindowRows</name>
    <message>
        <source>Open windows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>, </source>
        <comment>between the phrases of a list</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>. </source>
        <comment>between sentences</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
