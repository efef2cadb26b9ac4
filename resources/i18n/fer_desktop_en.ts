<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AnswersLine</name>
    <message numerus="yes">
        <source>%n lines are damaged and cannot be read; they are kept</source>
        <translation>
            <numerusform>%n line is damaged and cannot be read; it is kept</numerusform>
            <numerusform>%n lines are damaged and cannot be read; they are kept</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The log of your answers has %n entries</source>
        <translation>
            <numerusform>The log of your answers has %n entry</numerusform>
            <numerusform>The log of your answers has %n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BackupDialog</name>
    <message numerus="yes">
        <source>%n lessons are in {path}</source>
        <translation>
            <numerusform>%n lesson is in {path}</numerusform>
            <numerusform>%n lessons are in {path}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClassBars</name>
    <message numerus="yes">
        <source>{expression} {share}, 95 % interval {low} to {high} %, {count} of %n readable faces look most like it</source>
        <translation>
            <numerusform>{expression} {share}, 95 % interval {low} to {high} %, {count} of %n readable face looks most like it</numerusform>
            <numerusform>{expression} {share}, 95 % interval {low} to {high} %, {count} of %n readable faces look most like it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message numerus="yes">
        <source>%n are read: figures from {least} on</source>
        <translation>
            <numerusform>%n is read: figures from {least} on</numerusform>
            <numerusform>%n are read: figures from {least} on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n came back</source>
        <translation>
            <numerusform>%n came back</numerusform>
            <numerusform>%n came back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cameras on</source>
        <translation>
            <numerusform>%n camera on</numerusform>
            <numerusform>%n cameras on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n have left</source>
        <translation>
            <numerusform>%n has left</numerusform>
            <numerusform>%n have left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n here</source>
        <translation>
            <numerusform>%n here</numerusform>
            <numerusform>%n here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n left out</numerusform>
            <numerusform>%n left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n markers</source>
        <translation>
            <numerusform>%n marker</numerusform>
            <numerusform>%n markers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not in view</source>
        <translation>
            <numerusform>%n not in view</numerusform>
            <numerusform>%n not in view</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tiles</source>
        <translation>
            <numerusform>%n tile</numerusform>
            <numerusform>%n tiles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n turned away</source>
        <translation>
            <numerusform>%n turned away</numerusform>
            <numerusform>%n turned away</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a face</source>
        <translation>
            <numerusform>%n without a face</numerusform>
            <numerusform>%n without a face</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About {readable} of %n cameras were read</source>
        <translation>
            <numerusform>About {readable} of %n camera was read</numerusform>
            <numerusform>About {readable} of %n cameras were read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About {readable} of %n faces were read</source>
        <translation>
            <numerusform>About {readable} of %n face was read</numerusform>
            <numerusform>About {readable} of %n faces were read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About {readable} of %n in the class were read</source>
        <translation>
            <numerusform>About {readable} of %n in the class was read</numerusform>
            <numerusform>About {readable} of %n in the class were read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Left %n times before</source>
        <translation>
            <numerusform>Left %n time before</numerusform>
            <numerusform>Left %n times before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n cameras are read</source>
        <translation>
            <numerusform>{readable} of %n camera is read</numerusform>
            <numerusform>{readable} of %n cameras are read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n faces are read</source>
        <translation>
            <numerusform>{readable} of %n face is read</numerusform>
            <numerusform>{readable} of %n faces are read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n in the class are read</source>
        <translation>
            <numerusform>{readable} of %n in the class is read</numerusform>
            <numerusform>{readable} of %n in the class are read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{tiles} and %n faces beside them</source>
        <translation>
            <numerusform>{tiles} and %n face beside them</numerusform>
            <numerusform>{tiles} and %n faces beside them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>%n files saved.</source>
        <translation>
            <numerusform>%n file saved.</numerusform>
            <numerusform>%n files saved.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lessons</source>
        <translation>
            <numerusform>%n lesson</numerusform>
            <numerusform>%n lessons</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GroupWords</name>
    <message numerus="yes">
        <source>%n cameras off</source>
        <translation>
            <numerusform>%n camera off</numerusform>
            <numerusform>%n cameras off</numerusform>
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
            <numerusform>%n neutral or other</numerusform>
            <numerusform>%n neutral or other</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not read</source>
        <translation>
            <numerusform>%n not read</numerusform>
            <numerusform>%n not read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not sure</source>
        <translation>
            <numerusform>%n not sure</numerusform>
            <numerusform>%n not sure</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sad, afraid or angry</source>
        <translation>
            <numerusform>%n sad, afraid or angry</numerusform>
            <numerusform>%n sad, afraid or angry</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n smiling</source>
        <translation>
            <numerusform>%n smiling</numerusform>
            <numerusform>%n smiling</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n surprised</source>
        <translation>
            <numerusform>%n surprised</numerusform>
            <numerusform>%n surprised</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LessonQuestions</name>
    <message numerus="yes">
        <source>Leave out again? %n last time: click them.</source>
        <translation>
            <numerusform>Leave out again? %n last time: click who it is.</numerusform>
            <numerusform>Leave out again? %n last time: click them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Listed</name>
    <message numerus="yes">
        <source>%n lessons</source>
        <translation>
            <numerusform>%n lesson</numerusform>
            <numerusform>%n lessons</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message numerus="yes">
        <source>Figures of the class are shown from %n readable faces on</source>
        <translation>
            <numerusform>Figures of the class are shown from %n readable face on</numerusform>
            <numerusform>Figures of the class are shown from %n readable faces on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n faces</source>
        <translation>
            <numerusform>{readable} of %n face</numerusform>
            <numerusform>{readable} of %n faces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message numerus="yes">
        <source>%n lessons were added.</source>
        <translation>
            <numerusform>%n lesson was added.</numerusform>
            <numerusform>%n lessons were added.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RetentionLine</name>
    <message numerus="yes">
        <source>%n lessons will be erased with their CSV files when the next one begins or the program starts.</source>
        <translation>
            <numerusform>%n lesson will be erased with its CSV file when the next one begins or the program starts.</numerusform>
            <numerusform>%n lessons will be erased with their CSV files when the next one begins or the program starts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lessons will be erased within the next 7 days, with their CSV files, the first {day}.</source>
        <translation>
            <numerusform>%n lesson will be erased within the next 7 days, with its CSV file: {day}.</numerusform>
            <numerusform>%n lessons will be erased within the next 7 days, with their CSV files, the first {day}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SavedFlow</name>
    <message numerus="yes">
        <source>%n lessons were erased: they were kept for {days} days.</source>
        <translation>
            <numerusform>%n lesson was erased: it was kept for {days} days.</numerusform>
            <numerusform>%n lessons were erased: they were kept for {days} days.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lessons were erased: they were kept until the next start.</source>
        <translation>
            <numerusform>%n lesson was erased: it was kept until the next start.</numerusform>
            <numerusform>%n lessons were erased: they were kept until the next start.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SessionMessages</name>
    <message numerus="yes">
        <source>{problem} %n seconds wait to be saved.</source>
        <translation>
            <numerusform>{problem} %n second waits to be saved.</numerusform>
            <numerusform>{problem} %n seconds wait to be saved.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%n dropped</source>
        <translation>
            <numerusform>%n dropped</numerusform>
            <numerusform>%n dropped</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrendView</name>
    <message numerus="yes">
        <source>%n faces are read; their figures are withheld.</source>
        <translation>
            <numerusform>%n face is read; its figures are withheld.</numerusform>
            <numerusform>%n faces are read; their figures are withheld.</numerusform>
        </translation>
    </message>
</context>
</TS>
