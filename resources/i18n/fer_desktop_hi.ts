<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="hi" sourcelanguage="en">
<context>
    <name>AboutPage</name>
    <message>
        <source>Expressions on the faces of a video call, for the class as a whole: an aid and never a verdict.</source>
        <translation>वीडियो कॉल में पूरी कक्षा के चेहरों के भाव: यह एक मदद है, कोई फ़ैसला नहीं।</translation>
    </message>
    <message>
        <source>Python {python} · Qt {qt} · MIT licence</source>
        <translation>Python {python} · Qt {qt} · MIT लाइसेंस</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>संस्करण {version}</translation>
    </message>
    <message>
        <source>Works on this computer alone. No picture is saved.</source>
        <translation>केवल इसी कंप्यूटर पर काम करता है। कोई तस्वीर नहीं सहेजी जाती।</translation>
    </message>
</context>
<context>
    <name>AlertLine</name>
    <message>
        <source>Alert</source>
        <translation>सूचना</translation>
    </message>
    <message>
        <source>Mark this moment</source>
        <translation>इस पल पर निशान लगाएँ</translation>
    </message>
    <message>
        <source>No alert for a while</source>
        <translation>कुछ देर कोई सूचना नहीं</translation>
    </message>
    <message>
        <source>Not useful</source>
        <translation>काम की नहीं</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>शांत</translation>
    </message>
    <message>
        <source>Useful</source>
        <translation>काम की</translation>
    </message>
</context>
<context>
    <name>AnswersLine</name>
    <message numerus="yes">
        <source>%n lines are damaged and cannot be read; they are kept</source>
        <translation>
            <numerusform>%n पंक्ति खराब है और पढ़ी नहीं जा सकती; वह रखी गई है</numerusform>
            <numerusform>%n पंक्तियाँ खराब हैं और पढ़ी नहीं जा सकतीं; वे रखी गई हैं</numerusform>
        </translation>
    </message>
    <message>
        <source>A copy is saved to {path}</source>
        <translation>एक प्रति यहाँ सहेजी गई: {path}</translation>
    </message>
    <message>
        <source>Change answers</source>
        <translation>जवाब बदलें</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON पंक्तियाँ (*.jsonl)</translation>
    </message>
    <message>
        <source>Nothing is answered yet: no class, camera or recording is opened before.</source>
        <translation>अभी कोई जवाब नहीं दिया गया: उससे पहले कोई कक्षा, कैमरा या रिकॉर्डिंग नहीं खुलती।</translation>
    </message>
    <message>
        <source>Of the log of your answers</source>
        <translation>आपके जवाबों के लेखे में</translation>
    </message>
    <message>
        <source>One line is damaged and cannot be read; it is kept as it is</source>
        <translation>एक पंक्ति खराब है और पढ़ी नहीं जा सकती; वह जैसी है वैसी रखी गई है</translation>
    </message>
    <message>
        <source>Save a copy of the log</source>
        <translation>लेखे की एक प्रति सहेजें</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>प्रति सहेजें…</translation>
    </message>
    <message>
        <source>The last is of {day}, {time}</source>
        <translation>आख़िरी: {day}, {time}</translation>
    </message>
    <message numerus="yes">
        <source>The log of your answers has %n entries</source>
        <translation>
            <numerusform>आपके जवाबों के लेखे में %n प्रविष्टि है</numerusform>
            <numerusform>आपके जवाबों के लेखे में %n प्रविष्टियाँ हैं</numerusform>
        </translation>
    </message>
    <message>
        <source>The log of your answers has one entry</source>
        <translation>आपके जवाबों के लेखे में एक प्रविष्टि है</translation>
    </message>
    <message>
        <source>The log of your answers is empty</source>
        <translation>आपके जवाबों का लेखा खाली है</translation>
    </message>
    <message>
        <source>{sentences}.</source>
        <translation>{sentences}।</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>A fault in the program was met; a running session goes on. What happened is in the log file {file}.</source>
        <translation>प्रोग्राम में एक गड़बड़ी हुई; चल रहा सत्र जारी है। क्या हुआ, यह लॉग फ़ाइल {file} में लिखा है।</translation>
    </message>
    <message>
        <source>A fault in the program was met; a running session goes on. What happened is in the log file.</source>
        <translation>प्रोग्राम में एक गड़बड़ी हुई; चल रहा सत्र जारी है। क्या हुआ, यह लॉग फ़ाइल में लिखा है।</translation>
    </message>
    <message>
        <source>No font here has the letters of {language}, so the window is in English. Install one, such as Noto Sans Devanagari, and start again.</source>
        <translation>यहाँ किसी फ़ॉन्ट में {language} के अक्षर नहीं हैं, इसलिए विंडो अंग्रेज़ी में है। कोई फ़ॉन्ट लगाएँ, जैसे Noto Sans Devanagari, और फिर शुरू करें।</translation>
    </message>
</context>
<context>
    <name>ClassBars</name>
    <message>
        <source>Expressions of the class now</source>
        <translation>कक्षा के भाव इस समय</translation>
    </message>
    <message>
        <source>No figures: no face is readable.</source>
        <translation>कोई आँकड़ा नहीं: कोई चेहरा पढ़ा नहीं जा सकता।</translation>
    </message>
    <message>
        <source>No figures: too few faces are readable.</source>
        <translation>कोई आँकड़ा नहीं: बहुत कम चेहरे पढ़े जा सकते हैं।</translation>
    </message>
    <message numerus="yes">
        <source>{expression} {share}, 95 % interval {low} to {high} %, {count} of %n readable faces look most like it</source>
        <translation>
            <numerusform>{expression}: {share}, 95 % अंतराल {low} से {high} %; पढ़े गए %n चेहरे में से {count} पर सबसे ज़्यादा यही दिखता है</numerusform>
            <numerusform>{expression}: {share}, 95 % अंतराल {low} से {high} %; पढ़े गए %n चेहरों में से {count} पर सबसे ज़्यादा यही दिखता है</numerusform>
        </translation>
    </message>
    <message>
        <source>{expression}: no figure</source>
        <translation>{expression}: कोई आँकड़ा नहीं</translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message numerus="yes">
        <source>%n are read: figures from {least} on</source>
        <translation>
            <numerusform>%n पढ़ा गया: आँकड़े {least} से दिखते हैं</numerusform>
            <numerusform>%n पढ़े गए: आँकड़े {least} से दिखते हैं</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n came back</source>
        <translation>
            <numerusform>%n लौट आया</numerusform>
            <numerusform>%n लौट आए</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cameras on</source>
        <translation>
            <numerusform>%n कैमरा चालू</numerusform>
            <numerusform>%n कैमरे चालू</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n have left</source>
        <translation>
            <numerusform>%n चला गया</numerusform>
            <numerusform>%n चले गए</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n here</source>
        <translation>
            <numerusform>%n मौजूद</numerusform>
            <numerusform>%n मौजूद</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n छोड़ा गया</numerusform>
            <numerusform>%n छोड़े गए</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n markers</source>
        <translation>
            <numerusform>%n निशान</numerusform>
            <numerusform>%n निशान</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tiles</source>
        <translation>
            <numerusform>%n टाइल</numerusform>
            <numerusform>%n टाइलें</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a face</source>
        <translation>
            <numerusform>बिना चेहरे के (%n)</numerusform>
            <numerusform>बिना चेहरे के (%n)</numerusform>
        </translation>
    </message>
    <message>
        <source>1 camera on</source>
        <translation>1 कैमरा चालू</translation>
    </message>
    <message>
        <source>1 has left</source>
        <translation>1 चला गया</translation>
    </message>
    <message>
        <source>1 marker</source>
        <translation>1 निशान</translation>
    </message>
    <message>
        <source>1 tile</source>
        <translation>1 टाइल</translation>
    </message>
    <message numerus="yes">
        <source>Left %n times before</source>
        <translation>
            <numerusform>पहले %n बार जा चुके हैं</numerusform>
            <numerusform>पहले %n बार जा चुके हैं</numerusform>
        </translation>
    </message>
    <message>
        <source>Left once before</source>
        <translation>पहले एक बार जा चुके हैं</translation>
    </message>
    <message>
        <source>Left twice before</source>
        <translation>पहले दो बार जा चुके हैं</translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n cameras are read</source>
        <translation>
            <numerusform>%n कैमरे में से {readable} पढ़ा गया</numerusform>
            <numerusform>%n कैमरों में से {readable} पढ़े गए</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n faces are read</source>
        <translation>
            <numerusform>%n चेहरे में से {readable} पढ़ा गया</numerusform>
            <numerusform>%n चेहरों में से {readable} पढ़े गए</numerusform>
        </translation>
    </message>
    <message>
        <source>{readable} of 1 camera is read</source>
        <translation>1 कैमरे में से {readable} पढ़ा गया</translation>
    </message>
    <message>
        <source>{readable} of 1 face is read</source>
        <translation>1 चेहरे में से {readable} पढ़ा गया</translation>
    </message>
    <message numerus="yes">
        <source>{tiles} and %n faces beside them</source>
        <translation>
            <numerusform>{tiles} और उनके बाहर %n चेहरा</numerusform>
            <numerusform>{tiles} और उनके बाहर %n चेहरे</numerusform>
        </translation>
    </message>
    <message>
        <source>{tiles} and 1 face beside them</source>
        <translation>{tiles} और उनके बाहर 1 चेहरा</translation>
    </message>
</context>
<context>
    <name>CountsTable</name>
    <message>
        <source>Faces now and usually</source>
        <translation>चेहरे अभी और आम तौर पर</translation>
    </message>
    <message>
        <source>No figures</source>
        <translation>कोई आँकड़ा नहीं</translation>
    </message>
    <message>
        <source>Not of this moment: {faces}</source>
        <translation>इस पल का नहीं: {faces}</translation>
    </message>
    <message>
        <source>before</source>
        <comment>before a marker</comment>
        <translation>पहले</translation>
    </message>
    <message>
        <source>faces, about</source>
        <translation>चेहरे, लगभग</translation>
    </message>
    <message>
        <source>now</source>
        <translation>अभी</translation>
    </message>
    <message>
        <source>usually</source>
        <translation>आम तौर पर</translation>
    </message>
    <message>
        <source>{group}: about {now}</source>
        <translation>{group}: लगभग {now}</translation>
    </message>
    <message>
        <source>{group}: about {now}, before the marker {usual}</source>
        <translation>{group}: लगभग {now}, निशान से पहले {usual}</translation>
    </message>
    <message>
        <source>{group}: about {now}, usually {usual}</source>
        <translation>{group}: लगभग {now}, आम तौर पर {usual}</translation>
    </message>
</context>
<context>
    <name>CoverageLine</name>
    <message>
        <source>Coverage</source>
        <translation>कितने पढ़े गए</translation>
    </message>
    <message>
        <source>Figures from so few faces would describe individual people, not a class: none are shown or saved</source>
        <translation>इतने कम चेहरों के आँकड़े कक्षा को नहीं, अलग-अलग लोगों को बताएँगे: इसलिए न दिखाए जाते हैं, न सहेजे जाते हैं</translation>
    </message>
    <message>
        <source>No camera is on</source>
        <translation>कोई कैमरा चालू नहीं है</translation>
    </message>
    <message>
        <source>No face found yet</source>
        <translation>अभी तक कोई चेहरा नहीं मिला</translation>
    </message>
    <message>
        <source>Not read: {reasons}</source>
        <translation>नहीं पढ़े गए: {reasons}</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation>अभी तक कुछ नहीं पढ़ा गया</translation>
    </message>
    <message>
        <source>Paused: no figures</source>
        <translation>रुका हुआ: कोई आँकड़ा नहीं</translation>
    </message>
    <message>
        <source>The computer slept: no figures</source>
        <translation>कंप्यूटर स्लीप में था: कोई आँकड़ा नहीं</translation>
    </message>
    <message>
        <source>The source gives no picture</source>
        <translation>स्रोत से कोई तस्वीर नहीं आ रही</translation>
    </message>
    <message>
        <source>Too slow: nothing was read in this second</source>
        <translation>बहुत धीमा: इस सेकंड में कुछ नहीं पढ़ा गया</translation>
    </message>
    <message>
        <source>Waiting: the call is covered or minimised</source>
        <translation>इंतज़ार: कॉल ढकी हुई या छोटी की हुई है</translation>
    </message>
    <message>
        <source>{count} {reason}</source>
        <comment>2 too small</comment>
        <translation>{reason} ({count})</translation>
    </message>
    <message>
        <source>{words}.</source>
        <comment>a sentence with its full stop</comment>
        <translation>{words}।</translation>
    </message>
</context>
<context>
    <name>DemoPicture</name>
    <message>
        <source>The demo class</source>
        <translation>डेमो कक्षा</translation>
    </message>
</context>
<context>
    <name>Erasing</name>
    <message>
        <source>The lessons could not be erased. {reason}</source>
        <translation>क्लासें नहीं मिटाई जा सकीं। {reason}</translation>
    </message>
    <message>
        <source>What the marker says could not be erased. {reason}</source>
        <translation>निशान में लिखी बात नहीं मिटाई जा सकी। {reason}</translation>
    </message>
    <message>
        <source>“{name}” could not be erased. {reason}</source>
        <translation>“{name}” नहीं मिटाई जा सकी। {reason}</translation>
    </message>
</context>
<context>
    <name>Expression</name>
    <message>
        <source>angry</source>
        <translation>गुस्सा</translation>
    </message>
    <message>
        <source>disgust</source>
        <translation>घिन</translation>
    </message>
    <message>
        <source>fear</source>
        <translation>डर</translation>
    </message>
    <message>
        <source>happy</source>
        <translation>खुशी</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>तटस्थ</translation>
    </message>
    <message>
        <source>sad</source>
        <translation>उदासी</translation>
    </message>
    <message>
        <source>surprise</source>
        <translation>हैरानी</translation>
    </message>
</context>
<context>
    <name>FileField</name>
    <message>
        <source>Choose</source>
        <translation>चुनें</translation>
    </message>
    <message>
        <source>Choose: {title}</source>
        <translation>चुनें: {title}</translation>
    </message>
    <message>
        <source>Clear the field</source>
        <translation>यह जगह खाली करें</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Accept and start</source>
        <translation>स्वीकार करें और शुरू करें</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>पीछे</translation>
    </message>
    <message>
        <source>Before you begin</source>
        <translation>शुरू करने से पहले</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>Change answers</source>
        <translation>जवाब बदलें</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>बाद में</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>आगे</translation>
    </message>
    <message>
        <source>Save answers</source>
        <translation>जवाब सहेजें</translation>
    </message>
</context>
<context>
    <name>GlancePanel</name>
    <message>
        <source>Figures from so few faces would describe individual people, not a class.</source>
        <translation>इतने कम चेहरों के आँकड़े किसी कक्षा के नहीं, अलग-अलग लोगों के होंगे।</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation>अभी तक कुछ नहीं पढ़ा गया</translation>
    </message>
    <message>
        <source>One square for each camera appears here once faces are read.</source>
        <translation>चेहरे पढ़े जाते ही यहाँ हर कैमरे का एक वर्ग दिखेगा।</translation>
    </message>
    <message>
        <source>The class at a glance</source>
        <translation>एक नज़र में कक्षा</translation>
    </message>
    <message>
        <source>The lesson has ended. Its course is kept below.</source>
        <translation>क्लास समाप्त हुई। उसका क्रम नीचे बना है।</translation>
    </message>
</context>
<context>
    <name>GroupWords</name>
    <message numerus="yes">
        <source>%n cameras off</source>
        <translation>
            <numerusform>%n कैमरा बंद</numerusform>
            <numerusform>%n कैमरे बंद</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n neutral</source>
        <translation>
            <numerusform>%n तटस्थ</numerusform>
            <numerusform>%n तटस्थ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n no face</source>
        <translation>
            <numerusform>%n बिना चेहरे</numerusform>
            <numerusform>%n बिना चेहरे</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not sure</source>
        <translation>
            <numerusform>%n अनिश्चित</numerusform>
            <numerusform>%n अनिश्चित</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sad, afraid or angry</source>
        <translation>
            <numerusform>%n उदास, डरा या गुस्से में</numerusform>
            <numerusform>%n उदास, डरे या गुस्से में</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n smiling</source>
        <translation>
            <numerusform>%n मुस्कुराता</numerusform>
            <numerusform>%n मुस्कुराते</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n surprised</source>
        <translation>
            <numerusform>%n हैरान</numerusform>
            <numerusform>%n हैरान</numerusform>
        </translation>
    </message>
    <message>
        <source>1 camera off</source>
        <translation>1 कैमरा बंद</translation>
    </message>
    <message>
        <source>camera off</source>
        <translation>कैमरा बंद</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>तटस्थ</translation>
    </message>
    <message>
        <source>no face</source>
        <translation>चेहरा नहीं</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>पक्का नहीं</translation>
    </message>
    <message>
        <source>sad, afraid or angry</source>
        <translation>उदास, डरे या गुस्से में</translation>
    </message>
    <message>
        <source>smiling</source>
        <translation>मुस्कुराते</translation>
    </message>
    <message>
        <source>surprised</source>
        <translation>हैरान</translation>
    </message>
</context>
<context>
    <name>HeaderBar</name>
    <message>
        <source>End the session and save it (Ctrl+E)</source>
        <translation>सत्र समाप्त करें और सहेजें (Ctrl+E)</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>समाप्त</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>लाइव</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>निशान</translation>
    </message>
    <message>
        <source>Name this moment in the file (M)</source>
        <translation>इस पल को फ़ाइल में नाम दें (M)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>रोकें</translation>
    </message>
    <message>
        <source>Pause or resume (Space)</source>
        <translation>रोकें या फिर शुरू करें (स्पेस)</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>रुका हुआ</translation>
    </message>
    <message>
        <source>Playing</source>
        <translation>चल रहा है</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>फिर शुरू करें</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>सहेजा जा रहा है</translation>
    </message>
    <message>
        <source>Settings (Ctrl+,)</source>
        <translation>सेटिंग (Ctrl+,)</translation>
    </message>
    <message>
        <source>Show or hide what is read (Ctrl+L)</source>
        <translation>जो पढ़ा जाता है उसे दिखाएँ या छिपाएँ (Ctrl+L)</translation>
    </message>
    <message>
        <source>Source lost</source>
        <translation>स्रोत खो गया</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>शुरू हो रहा है</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>समाप्त करें</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>इंतज़ार</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>&amp;Cameras and all others</source>
        <translation>&amp;कैमरे और बाकी सब</translation>
    </message>
    <message>
        <source>&amp;Demo class</source>
        <translation>डेमो कक्षा (&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Folder of pictures…</source>
        <translation>तस्वीरों का फ़ोल्डर (&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Recording or pictures…</source>
        <translation>रिकॉर्डिंग या तस्वीरें (&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Window…</source>
        <translation>विंडो (&amp;W)…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>बदलें…</translation>
    </message>
    <message>
        <source>Draw a region</source>
        <translation>हिस्सा चुनें</translation>
    </message>
    <message>
        <source>Kept for {days} days, then erased.</source>
        <translation>{days} दिन रहती हैं, फिर मिट जाती हैं।</translation>
    </message>
    <message>
        <source>Kept until the next lesson or start, then erased.</source>
        <translation>अगली क्लास या शुरुआत तक रहती हैं, फिर मिट जाती हैं।</translation>
    </message>
    <message>
        <source>Kept until you erase them.</source>
        <translation>जब तक आप न मिटाएँ, रहती हैं।</translation>
    </message>
    <message>
        <source>More</source>
        <translation>और</translation>
    </message>
    <message>
        <source>More sources</source>
        <translation>दूसरे स्रोत</translation>
    </message>
    <message>
        <source>Only figures of the class are kept. No picture is saved, and nothing leaves this computer.</source>
        <translation>केवल कक्षा के आँकड़े रखे जाते हैं। कोई तस्वीर नहीं सहेजी जाती, और इस कंप्यूटर से बाहर कुछ नहीं जाता।</translation>
    </message>
    <message>
        <source>S&amp;tream…</source>
        <translation>स्ट्रीम (&amp;T)…</translation>
    </message>
    <message>
        <source>Save or erase…</source>
        <translation>सहेजें या मिटाएँ…</translation>
    </message>
    <message>
        <source>Start a lesson</source>
        <translation>क्लास शुरू करें</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>स्वागत है</translation>
    </message>
    <message>
        <source>Your lessons</source>
        <translation>आपकी क्लासें</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Add a marker; press twice to add it without a name</source>
        <translation>निशान लगाएँ; बिना नाम के लगाने के लिए दो बार दबाएँ</translation>
    </message>
    <message>
        <source>Arrows, Space</source>
        <translation>तीर, स्पेस</translation>
    </message>
    <message>
        <source>Bring everybody back</source>
        <translation>सबको वापस लें</translation>
    </message>
    <message>
        <source>Choose a part of the screen</source>
        <translation>स्क्रीन का एक हिस्सा चुनें</translation>
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
        <translation>Ctrl+Shift+O</translation>
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
        <translation>पूरी स्क्रीन</translation>
    </message>
    <message>
        <source>In the live view: move between faces, leave out or bring back</source>
        <translation>लाइव दृश्य में: एक चेहरे से दूसरे पर जाएँ, छोड़ें या वापस लें</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>कीबोर्ड शॉर्टकट</translation>
    </message>
    <message>
        <source>M</source>
        <translation>M</translation>
    </message>
    <message>
        <source>Mini strip</source>
        <translation>छोटी पट्टी</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>नया सत्र</translation>
    </message>
    <message>
        <source>Open a folder of pictures</source>
        <translation>तस्वीरों का फ़ोल्डर खोलें</translation>
    </message>
    <message>
        <source>Open a recording or pictures</source>
        <translation>रिकॉर्डिंग या तस्वीरें खोलें</translation>
    </message>
    <message>
        <source>Pause or resume</source>
        <translation>रोकें या फिर शुरू करें</translation>
    </message>
    <message>
        <source>Quit; a running session is saved</source>
        <translation>बाहर निकलें; चल रहा सत्र सहेजा जाता है</translation>
    </message>
    <message>
        <source>Saved lessons</source>
        <translation>सहेजी गई क्लासें</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>सेटिंग</translation>
    </message>
    <message>
        <source>Show or hide what is read</source>
        <translation>जो पढ़ा जाता है उसे दिखाएँ या छिपाएँ</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>स्पेस</translation>
    </message>
    <message>
        <source>Stop and save</source>
        <translation>समाप्त करें और सहेजें</translation>
    </message>
    <message>
        <source>This page</source>
        <translation>यह पेज</translation>
    </message>
</context>
<context>
    <name>KnowingPage</name>
    <message>
        <source>A face that looks sad may be tired, reading, or listening closely.</source>
        <translation>जो चेहरा उदास दिखता है वह थका हुआ हो सकता है, पढ़ रहा हो सकता है या ध्यान से सुन रहा हो सकता है।</translation>
    </message>
    <message>
        <source>About how many faces look neutral, smile, or look sad, afraid or angry.</source>
        <translation>लगभग कितने चेहरे तटस्थ दिखते हैं, मुस्कुराते हैं, या उदास, डरे या गुस्से में दिखते हैं।</translation>
    </message>
    <message>
        <source>Guesses about faces. Even on good photographs many are wrong, and of the faces shown as sad, afraid or angry often more than half; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>ये चेहरों के बारे में अनुमान हैं। अच्छी तस्वीरों में भी बहुत-से गलत होते हैं, और उदास, डरे या गुस्से में दिखाए गए चेहरों में अक्सर आधे से ज़्यादा; गलत पढ़ा गया चेहरा प्रायः गलत ही रहता है। संख्याओं से ज़्यादा बदलाव बताते हैं।</translation>
    </message>
    <message>
        <source>Guesses about faces. How often they are wrong is not known of this network; expect more than one in three, and of the faces shown as sad, afraid or angry more than half; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>ये चेहरों के बारे में अनुमान हैं। यह नेटवर्क कितनी बार गलत होता है, यह ज्ञात नहीं; तीन में से एक से ज़्यादा मानकर चलें, और उदास, डरे या गुस्से में दिखाए गए चेहरों में आधे से ज़्यादा; गलत पढ़ा गया चेहरा प्रायः गलत ही रहता है। संख्याओं से ज़्यादा बदलाव बताते हैं।</translation>
    </message>
    <message>
        <source>Guesses about faces. On photographs like yours more than half are wrong, and of the faces shown as sad, afraid or angry most; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>ये चेहरों के बारे में अनुमान हैं। आपकी जैसी तस्वीरों में आधे से ज़्यादा गलत होते हैं, और उदास, डरे या गुस्से में दिखाए गए चेहरों में अधिकतर; गलत पढ़ा गया चेहरा प्रायः गलत ही रहता है। संख्याओं से ज़्यादा बदलाव बताते हैं।</translation>
    </message>
    <message>
        <source>Guesses about faces. On photographs like yours more than one in four is wrong, and of the faces shown as sad, afraid or angry often more than half; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>ये चेहरों के बारे में अनुमान हैं। आपकी जैसी तस्वीरों में चार में से एक से ज़्यादा गलत होता है, और उदास, डरे या गुस्से में दिखाए गए चेहरों में अक्सर आधे से ज़्यादा; गलत पढ़ा गया चेहरा प्रायः गलत ही रहता है। संख्याओं से ज़्यादा बदलाव बताते हैं।</translation>
    </message>
    <message>
        <source>Guesses about faces. On photographs like yours more than one in three is wrong, and of the faces shown as sad, afraid or angry often more than half; a face misread tends to stay misread. Changes say more than numbers.</source>
        <translation>ये चेहरों के बारे में अनुमान हैं। आपकी जैसी तस्वीरों में तीन में से एक से ज़्यादा गलत होता है, और उदास, डरे या गुस्से में दिखाए गए चेहरों में अक्सर आधे से ज़्यादा; गलत पढ़ा गया चेहरा प्रायः गलत ही रहता है। संख्याओं से ज़्यादा बदलाव बताते हैं।</translation>
    </message>
    <message>
        <source>How often the network in use is right was not measured.</source>
        <translation>उपयोग में आने वाला नेटवर्क कितनी बार सही होता है, यह नहीं नापा गया।</translation>
    </message>
    <message>
        <source>It can say</source>
        <translation>यह बता सकता है</translation>
    </message>
    <message>
        <source>It cannot say</source>
        <translation>यह नहीं बता सकता</translation>
    </message>
    <message>
        <source>It keeps such counts, one row a second, on this computer. No picture is kept or sent.</source>
        <translation>यह ऐसी गिनती इसी कंप्यूटर पर रखता है, हर सेकंड एक पंक्ति। कोई तस्वीर न रखी जाती है न भेजी जाती है।</translation>
    </message>
    <message>
        <source>Measured on clear photographs. In a call, faces are darker, blurred or turned, and more of them are misread.</source>
        <translation>साफ़ तस्वीरों पर नापा गया। कॉल में चेहरे ज़्यादा अँधेरे, धुँधले या मुड़े होते हैं, और ज़्यादा गलत पढ़े जाते हैं।</translation>
    </message>
    <message>
        <source>Measured on clear photographs: on the left by the label that came with each, on the right by what most of ten people saw. In a call, faces are darker, blurred or turned, and more of them are misread.</source>
        <translation>साफ़ तस्वीरों पर नापा गया: बाएँ हर तस्वीर के साथ आए लेबल के हिसाब से, दाएँ दस में से अधिकतर लोगों ने जो देखा उसके हिसाब से। कॉल में चेहरे ज़्यादा अँधेरे, धुँधले या मुड़े होते हैं, और ज़्यादा गलत पढ़े जाते हैं।</translation>
    </message>
    <message>
        <source>Neutral</source>
        <translation>तटस्थ</translation>
    </message>
    <message>
        <source>Read right, of 100 faces that look so</source>
        <translation>सही पढ़े गए, ऐसे दिखने वाले 100 चेहरों में से</translation>
    </message>
    <message>
        <source>Read right, of 100 faces this high</source>
        <translation>सही पढ़े गए, इतनी ऊँचाई के 100 चेहरों में से</translation>
    </message>
    <message>
        <source>Reading how often it errs</source>
        <translation>यह कितनी बार गलत होता है, यह पढ़ा जा रहा है</translation>
    </message>
    <message>
        <source>Sad, afraid or angry</source>
        <translation>उदास, डरा या गुस्से में</translation>
    </message>
    <message>
        <source>Smiling</source>
        <translation>मुस्कुराता</translation>
    </message>
    <message>
        <source>So never judge, grade or single out a person by it.</source>
        <translation>इसलिए इससे कभी किसी एक व्यक्ति को न परखें, न अंक दें, न अलग दिखाएँ।</translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation>हैरान</translation>
    </message>
    <message>
        <source>What anybody feels, thinks or understands, or who listens.</source>
        <translation>कोई क्या महसूस करता, सोचता या समझता है, या कौन सुन रहा है।</translation>
    </message>
    <message>
        <source>What it can and cannot know</source>
        <translation>यह क्या जान सकता है और क्या नहीं</translation>
    </message>
    <message>
        <source>Whether that has changed, and on how many faces it rests.</source>
        <translation>क्या यह बदला है, और यह कितने चेहरों पर टिका है।</translation>
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
        <translation>चेहरे अभी</translation>
    </message>
    <message>
        <source>Not of this moment: {faces}</source>
        <translation>इस पल का नहीं: {faces}</translation>
    </message>
</context>
<context>
    <name>LaneMenu</name>
    <message>
        <source>Choose what is shown below the chart</source>
        <translation>ग्राफ़ के नीचे क्या दिखे, चुनें</translation>
    </message>
    <message>
        <source>Lanes…</source>
        <translation>पंक्तियाँ…</translation>
    </message>
    <message>
        <source>Smiling and coverage only</source>
        <translation>केवल मुस्कान और कितने पढ़े गए</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>Hindi</source>
        <translation>हिन्दी</translation>
    </message>
</context>
<context>
    <name>LawPage</name>
    <message>
        <source>A live class</source>
        <translation>लाइव कक्षा</translation>
    </message>
    <message>
        <source>Answer both, and what follows from it is said here.</source>
        <translation>दोनों का जवाब दें, फिर यहाँ बताया जाएगा कि इससे क्या होता है।</translation>
    </message>
    <message>
        <source>Choose the first if anybody in the call is there.</source>
        <translation>यदि कॉल में कोई वहाँ है, तो पहला चुनें।</translation>
    </message>
    <message>
        <source>Here the law of your country and the rules of your school decide. India restricts watching how children behave, and many other laws treat such figures as personal data.</source>
        <translation>यहाँ आपके देश का कानून और आपके स्कूल के नियम तय करते हैं। भारत बच्चों के व्यवहार पर नज़र रखने को सीमित करता है, और कई अन्य कानून ऐसे आँकड़ों को निजी डेटा मानते हैं।</translation>
    </message>
    <message>
        <source>Here the law of your country decides. In many places those who work there, or who speaks for them, must have agreed first.</source>
        <translation>यहाँ आपके देश का कानून तय करता है। कई जगह वहाँ काम करने वालों, या उनके प्रतिनिधि, की पहले सहमति ज़रूरी है।</translation>
    </message>
    <message>
        <source>Here the law of your country decides. Many laws treat such figures as personal data: tell those who are seen, and let them say no.</source>
        <translation>यहाँ आपके देश का कानून तय करता है। कई कानून ऐसे आँकड़ों को निजी डेटा मानते हैं: जो दिखते हैं उन्हें बताएँ, और उन्हें मना करने दें।</translation>
    </message>
    <message>
        <source>Outside of teaching and work the AI Act allows it, and whoever is seen must be told (Article 50(3)). Figures of people fall under the law of data protection as well.</source>
        <translation>पढ़ाई और काम के बाहर AI Act इसकी अनुमति देता है, और जो दिखता है उसे बताना होगा (अनुच्छेद 50(3))। लोगों के आँकड़े डेटा सुरक्षा कानून के अधीन भी हैं।</translation>
    </message>
    <message>
        <source>Recordings and pictures of others</source>
        <translation>दूसरों की रिकॉर्डिंग और तस्वीरें</translation>
    </message>
    <message>
        <source>Recordings of yourself</source>
        <translation>आपकी अपनी रिकॉर्डिंग</translation>
    </message>
    <message>
        <source>The demo class</source>
        <translation>डेमो कक्षा</translation>
    </message>
    <message>
        <source>This is Article 5(1)(f) of the AI Act. Its only exceptions are medical and safety reasons, and this program is made for neither.</source>
        <translation>यह AI Act का अनुच्छेद 5(1)(f) है। इसके अपवाद केवल चिकित्सा और सुरक्षा के कारण हैं, और यह प्रोग्राम दोनों के लिए नहीं बना।</translation>
    </message>
    <message>
        <source>This is no legal advice: ask whoever answers for it at your school or company.</source>
        <translation>यह कानूनी सलाह नहीं है: अपने स्कूल या कंपनी में इसके ज़िम्मेदार व्यक्ति से पूछें।</translation>
    </message>
    <message>
        <source>Where it may be used</source>
        <translation>इसका उपयोग कहाँ हो सकता है</translation>
    </message>
    <message>
        <source>With these answers all sources can be used.</source>
        <translation>इन जवाबों के साथ सभी स्रोत उपयोग हो सकते हैं।</translation>
    </message>
    <message>
        <source>Your own camera</source>
        <translation>आपका अपना कैमरा</translation>
    </message>
    <message>
        <source>✓ can be used</source>
        <translation>✓ उपयोग हो सकता है</translation>
    </message>
    <message>
        <source>✕ stays off</source>
        <translation>✕ बंद रहता है</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Show or hide {expression}</source>
        <translation>{expression} दिखाएँ या छिपाएँ</translation>
    </message>
    <message>
        <source>Show {expression}</source>
        <translation>{expression} दिखाएँ</translation>
    </message>
</context>
<context>
    <name>LessonChart</name>
    <message>
        <source>10 min</source>
        <translation>10 मिनट</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>क्लास</translation>
    </message>
    <message>
        <source>Means over 30 s, of the faces read.</source>
        <translation>30 सेकंड का औसत, पढ़े गए चेहरों का।</translation>
    </message>
    <message>
        <source>Seven curves</source>
        <translation>सात रेखाएँ</translation>
    </message>
    <message>
        <source>Show seven curves</source>
        <translation>सात रेखाएँ दिखाएँ</translation>
    </message>
    <message>
        <source>Show the last 10 min</source>
        <translation>पिछले 10 मिनट दिखाएँ</translation>
    </message>
    <message>
        <source>Show the whole lesson</source>
        <translation>पूरी क्लास दिखाएँ</translation>
    </message>
    <message>
        <source>The lesson appears here as soon as a face is read.</source>
        <translation>चेहरा पढ़े जाते ही क्लास यहाँ दिखेगी।</translation>
    </message>
    <message>
        <source>The lesson so far</source>
        <translation>अब तक की क्लास</translation>
    </message>
    <message>
        <source>The lesson so far, as a chart</source>
        <translation>अब तक की क्लास, ग्राफ़ में</translation>
    </message>
</context>
<context>
    <name>LessonFooter</name>
    <message>
        <source>Back to now</source>
        <translation>अभी पर लौटें</translation>
    </message>
</context>
<context>
    <name>LessonLabels</name>
    <message>
        <source>all</source>
        <translation>सब</translation>
    </message>
    <message>
        <source>half</source>
        <translation>आधे</translation>
    </message>
    <message>
        <source>learning</source>
        <translation>सीख रहा है</translation>
    </message>
    <message>
        <source>none</source>
        <translation>कोई नहीं</translation>
    </message>
    <message>
        <source>told of {count} faces or more</source>
        <translation>{count} या ज़्यादा चेहरों पर बताया</translation>
    </message>
    <message>
        <source>usually about {count}</source>
        <translation>आम तौर पर लगभग {count}</translation>
    </message>
    <message>
        <source>what is usual</source>
        <translation>क्या आम है</translation>
    </message>
    <message>
        <source>{count} of {all}</source>
        <translation>{all} में से {count}</translation>
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
        <translation>कम दिखते</translation>
    </message>
    <message>
        <source>fewer smiling</source>
        <translation>कम मुस्कुराते</translation>
    </message>
    <message>
        <source>more look low</source>
        <translation>ज़्यादा उदास, डरे या गुस्से में</translation>
    </message>
    <message>
        <source>more smiling</source>
        <translation>ज़्यादा मुस्कुराते</translation>
    </message>
    <message>
        <source>more surprised</source>
        <translation>ज़्यादा हैरान</translation>
    </message>
    <message>
        <source>more turned away</source>
        <translation>ज़्यादा मुड़े</translation>
    </message>
</context>
<context>
    <name>LessonRows</name>
    <message>
        <source>Your lessons</source>
        <translation>आपकी क्लासें</translation>
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
        <translation>{faces} में से 0–2</translation>
    </message>
    <message>
        <source>About as usual</source>
        <translation>लगभग हमेशा जैसा</translation>
    </message>
    <message>
        <source>Compared with the time before “{marker}”.</source>
        <translation>“{marker}” से पहले के समय की तुलना में।</translation>
    </message>
    <message>
        <source>Fewer faces than usual look sad, afraid or angry</source>
        <translation>आम से कम चेहरे उदास, डरे या गुस्से में दिखते हैं</translation>
    </message>
    <message>
        <source>Fewer faces than usual look surprised</source>
        <translation>आम से कम चेहरे हैरान दिखते हैं</translation>
    </message>
    <message>
        <source>Fewer faces than usual smile</source>
        <translation>आम से कम चेहरे मुस्कुराते हैं</translation>
    </message>
    <message>
        <source>Learning what is usual</source>
        <translation>सीख रहा है कि क्या आम है</translation>
    </message>
    <message>
        <source>Learning what is usual.</source>
        <translation>सीख रहा है कि क्या आम है।</translation>
    </message>
    <message>
        <source>Lesson so far, {time}: {groups}</source>
        <translation>अब तक की क्लास, {time}: {groups}</translation>
    </message>
    <message>
        <source>Lesson so far, {time}: {why}</source>
        <translation>अब तक की क्लास, {time}: {why}</translation>
    </message>
    <message>
        <source>Lesson so far: nothing was read yet.</source>
        <translation>अब तक की क्लास: अभी कुछ नहीं पढ़ा गया।</translation>
    </message>
    <message>
        <source>More faces than usual look sad, afraid or angry</source>
        <translation>आम से ज़्यादा चेहरे उदास, डरे या गुस्से में दिखते हैं</translation>
    </message>
    <message>
        <source>More faces than usual look surprised</source>
        <translation>आम से ज़्यादा चेहरे हैरान दिखते हैं</translation>
    </message>
    <message>
        <source>More faces than usual smile</source>
        <translation>आम से ज़्यादा चेहरे मुस्कुराते हैं</translation>
    </message>
    <message>
        <source>Ten minutes before: {groups}</source>
        <translation>दस मिनट पहले: {groups}</translation>
    </message>
    <message>
        <source>about {count} of {faces}</source>
        <translation>{faces} में से लगभग {count}</translation>
    </message>
    <message>
        <source>asleep</source>
        <translation>सोया हुआ</translation>
    </message>
    <message>
        <source>cameras on</source>
        <translation>चालू कैमरे</translation>
    </message>
    <message>
        <source>covered</source>
        <translation>ढका हुआ</translation>
    </message>
    <message>
        <source>no face</source>
        <translation>चेहरा नहीं</translation>
    </message>
    <message>
        <source>no picture</source>
        <translation>कोई तस्वीर नहीं</translation>
    </message>
    <message>
        <source>not seen</source>
        <translation>नहीं दिखा</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>रुका हुआ</translation>
    </message>
    <message>
        <source>read</source>
        <translation>पढ़े गए</translation>
    </message>
    <message>
        <source>sad, afraid or angry</source>
        <translation>उदास, डरे या गुस्से में</translation>
    </message>
    <message>
        <source>smiling</source>
        <translation>मुस्कुराते</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>शुरू हो रहा है</translation>
    </message>
    <message>
        <source>surprised</source>
        <translation>हैरान</translation>
    </message>
    <message>
        <source>too few faces</source>
        <translation>बहुत कम चेहरे</translation>
    </message>
    <message>
        <source>too slow</source>
        <translation>बहुत धीमा</translation>
    </message>
    <message>
        <source>turned away</source>
        <translation>मुड़ा हुआ</translation>
    </message>
    <message>
        <source>usually 0–2</source>
        <translation>आम तौर पर 0–2</translation>
    </message>
    <message>
        <source>usually about {count}</source>
        <translation>आम तौर पर लगभग {count}</translation>
    </message>
    <message>
        <source>{count} cameras are read</source>
        <translation>पढ़े गए कैमरे: {count}</translation>
    </message>
    <message>
        <source>{count} of {all}</source>
        <translation>{all} में से {count}</translation>
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
        <translation>छोड़ने के लिए क्लिक करें</translation>
    </message>
    <message>
        <source>Click your own tile; Esc for none</source>
        <translation>अपनी टाइल पर क्लिक करें; कोई नहीं तो Esc</translation>
    </message>
    <message>
        <source>Everybody found is left out. Click somebody to bring them back</source>
        <translation>जितने मिले, सब छोड़े गए हैं। किसी को वापस लेने के लिए उस पर क्लिक करें</translation>
    </message>
    <message>
        <source>Face {number} of {many}</source>
        <translation>{many} में से चेहरा {number}</translation>
    </message>
    <message numerus="yes">
        <source>Figures of the class are shown from %n readable faces on</source>
        <translation>
            <numerusform>कक्षा के आँकड़े %n पढ़े गए चेहरे से दिखाए जाते हैं</numerusform>
            <numerusform>कक्षा के आँकड़े %n पढ़े गए चेहरों से दिखाए जाते हैं</numerusform>
        </translation>
    </message>
    <message>
        <source>Left out: click to bring it back</source>
        <translation>छोड़ा गया: वापस लेने के लिए क्लिक करें</translation>
    </message>
    <message>
        <source>Live view</source>
        <translation>लाइव दृश्य</translation>
    </message>
    <message>
        <source>No camera is on</source>
        <translation>कोई कैमरा चालू नहीं है</translation>
    </message>
    <message>
        <source>No face found in this picture</source>
        <translation>इस तस्वीर में कोई चेहरा नहीं मिला</translation>
    </message>
    <message>
        <source>No face is large and clear enough to read</source>
        <translation>कोई चेहरा इतना बड़ा और साफ़ नहीं कि पढ़ा जा सके</translation>
    </message>
    <message>
        <source>Not counted: {reason}</source>
        <translation>गिना नहीं जाता: {reason}</translation>
    </message>
    <message>
        <source>Not readable: {reason}, {height} px tall</source>
        <translation>पढ़ा नहीं जा सकता: {reason}, ऊँचाई {height} px</translation>
    </message>
    <message>
        <source>Not sure: it counts as “not sure”.</source>
        <translation>पक्का नहीं: “पक्का नहीं” में गिना जाता है।</translation>
    </message>
    <message>
        <source>Not sure: {expressions}</source>
        <translation>पक्का नहीं: {expressions}</translation>
    </message>
    <message>
        <source>Read. It counts in the class.</source>
        <translation>पढ़ा गया। कक्षा में गिना जाता है।</translation>
    </message>
    <message>
        <source>Seat {seat}</source>
        <translation>सीट {seat}</translation>
    </message>
    <message>
        <source>Seat {seat}: here for less than a minute</source>
        <translation>सीट {seat}: एक मिनट से कम समय से मौजूद</translation>
    </message>
    <message>
        <source>Seat {seat}: here for {minutes} min</source>
        <translation>सीट {seat}: {minutes} मिनट से मौजूद</translation>
    </message>
    <message>
        <source>Tile {number} of {many}</source>
        <translation>{many} में से टाइल {number}</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>छोड़ा गया</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>पक्का नहीं</translation>
    </message>
    <message>
        <source>you</source>
        <comment>the user&apos;s own tile</comment>
        <translation>आप</translation>
    </message>
    <message>
        <source>{columns} × {rows} tiles</source>
        <translation>{columns} × {rows} टाइलें</translation>
    </message>
    <message>
        <source>{expression} {percent} %</source>
        <comment>happy 82 %</comment>
        <translation>{expression} {percent} %</translation>
    </message>
    <message numerus="yes">
        <source>{readable} of %n faces</source>
        <translation>
            <numerusform>%n में से {readable} चेहरा</numerusform>
            <numerusform>%n में से {readable} चेहरे</numerusform>
        </translation>
    </message>
    <message>
        <source>{readable} of 1 face</source>
        <translation>1 में से {readable} चेहरा</translation>
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
        <translation>जवाब बदलें</translation>
    </message>
    <message>
        <source>Only I am in it</source>
        <translation>इसमें केवल मैं हूँ</translation>
    </message>
</context>
<context>
    <name>MarkerFlag</name>
    <message>
        <source>Brown</source>
        <translation>भूरा</translation>
    </message>
    <message>
        <source>Colour: {colour}. Press for the next</source>
        <translation>रंग: {colour}। अगले के लिए दबाएँ</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>स्लेटी</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>हरा-नीला</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>बैंगनी</translation>
    </message>
</context>
<context>
    <name>MarkerList</name>
    <message>
        <source>Removed: {name}</source>
        <translation>हटाया गया: {name}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>पूर्ववत करें</translation>
    </message>
</context>
<context>
    <name>MarkerPopover</name>
    <message>
        <source>Enter: add · M twice: add without a name · Esc: cancel</source>
        <translation>Enter: लगाएँ · M दो बार: बिना नाम के लगाएँ · Esc: रद्द करें</translation>
    </message>
    <message>
        <source>Name of the marker</source>
        <translation>निशान का नाम</translation>
    </message>
    <message>
        <source>Name of this moment (optional)</source>
        <translation>इस पल का नाम (चाहें तो)</translation>
    </message>
</context>
<context>
    <name>MarkerRow</name>
    <message>
        <source>Name of the marker at {time}</source>
        <translation>{time} के निशान का नाम</translation>
    </message>
    <message>
        <source>Remove this marker</source>
        <translation>यह निशान हटाएँ</translation>
    </message>
</context>
<context>
    <name>Marking</name>
    <message>
        <source>Marked: {name}</source>
        <translation>निशान लगाया गया: {name}</translation>
    </message>
    <message>
        <source>Nothing marked: no frame has come yet</source>
        <translation>कोई निशान नहीं लगा: अभी कोई तस्वीर नहीं आई है</translation>
    </message>
    <message>
        <source>Nothing to compare with: set a marker first</source>
        <translation>तुलना के लिए कुछ नहीं: पहले निशान लगाएँ</translation>
    </message>
    <message>
        <source>marker {number}</source>
        <translation>निशान {number}</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;About FER Desktop</source>
        <translation>FER Desktop के बारे में (&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Bring everybody back</source>
        <translation>सबको वापस लें (&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Cameras and all others</source>
        <translation>&amp;कैमरे और बाकी सब</translation>
    </message>
    <message>
        <source>&amp;Change answers…</source>
        <translation>जवाब बदलें (&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Compare with the last marker</source>
        <translation>पिछले निशान से तुलना करें (&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Demo class</source>
        <translation>डेमो कक्षा (&amp;D)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>फ़ाइल (&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Folder of pictures…</source>
        <translation>तस्वीरों का फ़ोल्डर (&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>पूरी स्क्रीन (&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>मदद (&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>कीबोर्ड शॉर्टकट (&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Marker…	M</source>
        <translation>निशान (&amp;M)…	M</translation>
    </message>
    <message>
        <source>&amp;Mini strip</source>
        <translation>छोटी पट्टी (&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Number the tiles of a call</source>
        <translation>कॉल की टाइलों पर नंबर डालें (&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Part of the screen…</source>
        <translation>स्क्रीन का हिस्सा (&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Pause	Space</source>
        <translation>रोकें (&amp;P)	स्पेस</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>बाहर निकलें (&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Recording or pictures…</source>
        <translation>रिकॉर्डिंग या तस्वीरें (&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Resume	Space</source>
        <translation>फिर शुरू करें (&amp;R)	स्पेस</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>सत्र (&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Stop and save</source>
        <translation>समाप्त करें और सहेजें (&amp;S)</translation>
    </message>
    <message>
        <source>&amp;This is me…</source>
        <translation>यह मैं हूँ (&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>देखें (&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Window…</source>
        <translation>विंडो (&amp;W)…</translation>
    </message>
    <message>
        <source>&amp;Your lessons</source>
        <translation>&amp;आपकी क्लासें</translation>
    </message>
    <message>
        <source>About the &amp;model</source>
        <translation>मॉडल के बारे में (&amp;M)</translation>
    </message>
    <message>
        <source>Fold what is &amp;read away</source>
        <translation>जो पढ़ा जाता है उसे समेटें (&amp;R)</translation>
    </message>
    <message>
        <source>S&amp;ave or erase lessons…</source>
        <translation>क्लासें स&amp;हेजें या मिटाएँ…</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>सेटिंग (&amp;E)…</translation>
    </message>
    <message>
        <source>S&amp;tream…</source>
        <translation>स्ट्रीम (&amp;T)…</translation>
    </message>
    <message>
        <source>Start a &amp;lesson</source>
        <translation>क्लास &amp;शुरू करें</translation>
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
        <translation>प्रोग्राम में एक गड़बड़ी हुई; क्या हुआ, यह लॉग फ़ाइल में लिखा है।</translation>
    </message>
    <message>
        <source>A session is being recorded: end it, then repair the store.</source>
        <translation>एक सत्र चल रहा है: पहले उसे समाप्त करें, फिर भंडार की मरम्मत करें।</translation>
    </message>
    <message>
        <source>A session of the soak did not begin.</source>
        <translation>लंबी जाँच का एक सत्र शुरू नहीं हुआ।</translation>
    </message>
    <message>
        <source>A session of the soak was not saved.</source>
        <translation>लंबी जाँच का एक सत्र सहेजा नहीं गया।</translation>
    </message>
    <message>
        <source>A stream&apos;s address begins with http://, https:// or rtsp:// and names a computer: correct it.</source>
        <translation>स्ट्रीम का पता http://, https:// या rtsp:// से शुरू होता है और उसमें कंप्यूटर का नाम होता है: पता ठीक करें।</translation>
    </message>
    <message>
        <source>A window of {program} covers the chosen window: move one of them aside, and the session goes on.</source>
        <translation>{program} की एक विंडो चुनी हुई विंडो को ढक रही है: दोनों में से एक को हटाएँ, सत्र आगे चलेगा।</translation>
    </message>
    <message>
        <source>About as usual.</source>
        <translation>लगभग हमेशा जैसा।</translation>
    </message>
    <message>
        <source>About the same throughout.</source>
        <translation>पूरे समय लगभग एक जैसा।</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>सूचनाएँ</translation>
    </message>
    <message>
        <source>An alert when fewer faces than usual smile</source>
        <translation>सूचना, जब आम से कम चेहरे मुस्कुराते हैं</translation>
    </message>
    <message>
        <source>An alert when more cameras than usual show no face</source>
        <translation>सूचना, जब आम से ज़्यादा कैमरों में चेहरा नहीं दिखता</translation>
    </message>
    <message>
        <source>An alert when more faces than usual are turned away</source>
        <translation>सूचना, जब आम से ज़्यादा चेहरे मुड़े होते हैं</translation>
    </message>
    <message>
        <source>An alert when more faces than usual look sad, afraid or angry</source>
        <translation>सूचना, जब आम से ज़्यादा चेहरे उदास, डरे या गुस्से में दिखते हैं</translation>
    </message>
    <message>
        <source>An alert when more faces than usual look surprised</source>
        <translation>सूचना, जब आम से ज़्यादा चेहरे हैरान दिखते हैं</translation>
    </message>
    <message>
        <source>An alert when more faces than usual smile</source>
        <translation>सूचना, जब आम से ज़्यादा चेहरे मुस्कुराते हैं</translation>
    </message>
    <message>
        <source>Another file was put in the place of the session&apos;s: all of it is written again, to {path}.</source>
        <translation>सत्र की फ़ाइल की जगह दूसरी फ़ाइल रख दी गई: सब कुछ फिर से {path} में लिखा जा रहा है।</translation>
    </message>
    <message>
        <source>Another window covers the chosen window: move one of them aside, and the session goes on.</source>
        <translation>दूसरी विंडो चुनी हुई विंडो को ढक रही है: दोनों में से एक को हटाएँ, सत्र आगे चलेगा।</translation>
    </message>
    <message>
        <source>Another window of this program is recording: this session is kept in its CSV file alone until that one ends.</source>
        <translation>इस प्रोग्राम की दूसरी विंडो आँकड़े सहेज रही है: जब तक वह समाप्त नहीं होती, यह सत्र केवल अपनी CSV फ़ाइल में सहेजा जाएगा।</translation>
    </message>
    <message>
        <source>As before</source>
        <translation>पहले जैसा</translation>
    </message>
    <message>
        <source>As the network has it</source>
        <translation>जैसा नेटवर्क में हो</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>सिस्टम जैसा</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>हमेशा जैसा</translation>
    </message>
    <message>
        <source>Asleep</source>
        <translation>सोया हुआ</translation>
    </message>
    <message>
        <source>At most one in the quiet time and three a lesson, none in the first five minutes. Any may be a misreading.</source>
        <translation>शांत समय में अधिकतम एक और हर क्लास में तीन, पहले पाँच मिनट में कोई नहीं। कोई भी गलत पढ़ा गया हो सकता है।</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>व्यस्त</translation>
    </message>
    <message>
        <source>CSV file</source>
        <translation>CSV फ़ाइल</translation>
    </message>
    <message>
        <source>CSV files are saved in</source>
        <translation>CSV फ़ाइलों का फ़ोल्डर</translation>
    </message>
    <message>
        <source>Compare each face with how it usually looks</source>
        <translation>हर चेहरे की तुलना उसके आम रूप से करें</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>ढका हुआ</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>गहरा</translation>
    </message>
    <message>
        <source>Detector or network failed {times} times in a row, and nothing is read any more: stop the session, and begin another.</source>
        <translation>डिटेक्टर या न्यूरल नेटवर्क लगातार {times} बार विफल हुआ और अब कुछ नहीं पढ़ा जा रहा: सत्र समाप्त करें और दूसरा शुरू करें।</translation>
    </message>
    <message>
        <source>Detector or network gave no answer for {seconds} s; they are loaded again.</source>
        <translation>डिटेक्टर या न्यूरल नेटवर्क ने {seconds} सेकंड तक जवाब नहीं दिया; उन्हें फिर से लोड किया जा रहा है।</translation>
    </message>
    <message>
        <source>Detector score from which a face is readable</source>
        <translation>डिटेक्टर का वह स्कोर, जिससे आगे चेहरा पढ़ा जाता है</translation>
    </message>
    <message>
        <source>Deutsch</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>Each face is compared with how it usually looks</source>
        <translation>हर चेहरे की तुलना उसके आम रूप से की जाती है</translation>
    </message>
    <message>
        <source>Each of the {n_expressions} classes is needed once: {expressions}.</source>
        <translation>{n_expressions} श्रेणियों में से हर एक ठीक एक बार चाहिए: {expressions}।</translation>
    </message>
    <message>
        <source>Each tile shows its seat&apos;s number, and under the pointer since when it is there</source>
        <translation>हर टाइल पर उसकी सीट का नंबर दिखता है, और पॉइंटर रखने पर यह कि वह कब से है</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>कहीं और</translation>
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
        <translation>FER Desktop, आपके दस्तावेज़ों में</translation>
    </message>
    <message>
        <source>Face detector</source>
        <translation>फ़ेस डिटेक्टर</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>चेहरे</translation>
    </message>
    <message>
        <source>Fewer faces than usual smile (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>आम से कम चेहरे मुस्कुराते हैं ({of} में से लगभग {now}, आम तौर पर {usual})। गलत पढ़ा गया हो सकता है।</translation>
    </message>
    <message>
        <source>Fewer faces than usual smile: about {now}, usually {usual}.</source>
        <translation>आम से कम चेहरे मुस्कुराते हैं: लगभग {now}, आम तौर पर {usual}।</translation>
    </message>
    <message>
        <source>Fewer smile than usual</source>
        <translation>आम&#xa0;से&#xa0;कम&#xa0;मुस्कुराते&#xa0;हैं</translation>
    </message>
    <message>
        <source>Fewer smiled until {time}.</source>
        <translation>{time} तक कम मुस्कुराए।</translation>
    </message>
    <message>
        <source>Fewer smiling</source>
        <translation>कम मुस्कुराते</translation>
    </message>
    <message>
        <source>Figures of fewer than 5 faces would tell of persons.</source>
        <translation>5 से कम चेहरों के आँकड़े अलग-अलग लोगों के बारे में बताएँगे।</translation>
    </message>
    <message>
        <source>For 180 days</source>
        <translation>180 दिन</translation>
    </message>
    <message>
        <source>For 30 days</source>
        <translation>30 दिन</translation>
    </message>
    <message>
        <source>For 7 days</source>
        <translation>7 दिन</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>हमेशा</translation>
    </message>
    <message>
        <source>Frames cannot be read because of a fault in the program.</source>
        <translation>प्रोग्राम की एक गड़बड़ी के कारण तस्वीरें पढ़ी नहीं जा सकतीं।</translation>
    </message>
    <message>
        <source>Français</source>
        <translation>Français</translation>
    </message>
    <message>
        <source>Height in the frame from which a face is readable</source>
        <translation>तस्वीर में वह ऊँचाई, जिससे आगे चेहरा पढ़ा जाता है</translation>
    </message>
    <message>
        <source>How long a session is kept; then it is erased for good, with its CSV file</source>
        <translation>सत्र कितने समय तक रखा जाए; फिर वह अपनी CSV फ़ाइल के साथ हमेशा के लिए मिटा दिया जाता है</translation>
    </message>
    <message>
        <source>How long there is no other alert</source>
        <translation>कितनी देर दूसरी सूचना नहीं आती</translation>
    </message>
    <message>
        <source>How many frames a second are analyzed at most</source>
        <translation>एक सेकंड में ज़्यादा से ज़्यादा कितनी तस्वीरें जाँची जाएँ</translation>
    </message>
    <message>
        <source>How much it takes for an alert</source>
        <translation>सूचना के लिए कितना बदलाव चाहिए</translation>
    </message>
    <message>
        <source>How readily</source>
        <translation>कितनी जल्दी</translation>
    </message>
    <message>
        <source>Hz</source>
        <translation>Hz</translation>
    </message>
    <message>
        <source>I have read this, and my answers are true</source>
        <translation>मैंने यह पढ़ लिया है, और मेरे जवाब सही हैं</translation>
    </message>
    <message>
        <source>If off, a lesson is kept in this program only; you can save it as CSV later.</source>
        <translation>बंद होने पर क्लास केवल इसी प्रोग्राम में रहती है; आप उसे बाद में CSV के रूप में सहेज सकते हैं।</translation>
    </message>
    <message>
        <source>In the EU or EEA</source>
        <translation>EU या EEA में</translation>
    </message>
    <message>
        <source>It is not certain where the password ends in this address: in a user or password write @ as %40, / as %2F, ? as %3F, # as %23 and : as %3A.</source>
        <translation>इस पते में यह साफ़ नहीं कि पासवर्ड कहाँ खत्म होता है: यूज़र या पासवर्ड में @ को %40, / को %2F, ? को %3F, # को %23 और : को %3A लिखें।</translation>
    </message>
    <message>
        <source>Its window&apos;s title, its file&apos;s path or its address without secrets. Off, none is kept, and the one that was is forgotten.</source>
        <translation>उसकी विंडो का शीर्षक, उसकी फ़ाइल का पाथ या उसका पता, गुप्त जानकारी के बिना। बंद होने पर कुछ नहीं रखा जाता, और जो रखा था, वह भुला दिया जाता है।</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>भाषा</translation>
    </message>
    <message>
        <source>Last source</source>
        <translation>पिछला स्रोत</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>सीख रहा है</translation>
    </message>
    <message>
        <source>Learning what is usual.</source>
        <translation>सीख रहा है कि क्या आम है।</translation>
    </message>
    <message>
        <source>Lessons are kept</source>
        <translation>क्लासें कब तक रखें</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>हल्का</translation>
    </message>
    <message>
        <source>Light or dark window</source>
        <translation>हल्की या गहरी विंडो</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>रूप</translation>
    </message>
    <message>
        <source>Make the call’s window larger: {count} of {faces} faces are too small to read.</source>
        <translation>कॉल&#xa0;की&#xa0;विंडो&#xa0;बड़ी&#xa0;करें:&#xa0;{faces}&#xa0;में&#xa0;से&#xa0;{count}&#xa0;चेहरे&#xa0;पढ़ने&#xa0;के&#xa0;लिए&#xa0;बहुत&#xa0;छोटे&#xa0;हैं।</translation>
    </message>
    <message>
        <source>Many looked surprised until {time}.</source>
        <translation>{time} तक बहुत-से हैरान दिखे।</translation>
    </message>
    <message>
        <source>Many smiled until {time}.</source>
        <translation>{time} तक बहुत-से मुस्कुराए।</translation>
    </message>
    <message>
        <source>Many smiling</source>
        <translation>कई मुस्कुराते</translation>
    </message>
    <message>
        <source>Many surprised</source>
        <translation>कई हैरान</translation>
    </message>
    <message>
        <source>Markers are missing in the files or in the store.</source>
        <translation>फ़ाइलों में या भंडार में कुछ निशान नहीं हैं।</translation>
    </message>
    <message>
        <source>Mixed.</source>
        <translation>मिला-जुला।</translation>
    </message>
    <message>
        <source>More are not in view</source>
        <translation>ज़्यादा&#xa0;दिखाई&#xa0;नहीं&#xa0;देते</translation>
    </message>
    <message>
        <source>More are turned away</source>
        <translation>ज़्यादा&#xa0;मुड़े&#xa0;हुए&#xa0;हैं</translation>
    </message>
    <message>
        <source>More cameras than usual show no face (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>आम से ज़्यादा कैमरों में चेहरा नहीं दिखता ({of} में से लगभग {now}, आम तौर पर {usual})। गलत पढ़ा गया हो सकता है।</translation>
    </message>
    <message>
        <source>More faces than usual are turned away (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>आम से ज़्यादा चेहरे मुड़े हैं ({of} में से लगभग {now}, आम तौर पर {usual})। गलत पढ़ा गया हो सकता है।</translation>
    </message>
    <message>
        <source>More faces than usual look sad, afraid or angry (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>आम से ज़्यादा चेहरे उदास, डरे या गुस्से में दिखते हैं ({of} में से लगभग {now}, आम तौर पर {usual})। गलत पढ़ा गया हो सकता है।</translation>
    </message>
    <message>
        <source>More faces than usual look sad, afraid or angry: about {now}, usually {usual}.</source>
        <translation>आम से ज़्यादा चेहरे उदास, डरे या गुस्से में दिखते हैं: लगभग {now}, आम तौर पर {usual}।</translation>
    </message>
    <message>
        <source>More faces than usual look surprised (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>आम से ज़्यादा चेहरे हैरान दिखते हैं ({of} में से लगभग {now}, आम तौर पर {usual})। गलत पढ़ा गया हो सकता है।</translation>
    </message>
    <message>
        <source>More faces than usual look surprised: about {now}, usually {usual}.</source>
        <translation>आम से ज़्यादा चेहरे हैरान दिखते हैं: लगभग {now}, आम तौर पर {usual}।</translation>
    </message>
    <message>
        <source>More faces than usual smile (about {now} of {of}, usually {usual}). May be a misreading.</source>
        <translation>आम से ज़्यादा चेहरे मुस्कुराते हैं ({of} में से लगभग {now}, आम तौर पर {usual})। गलत पढ़ा गया हो सकता है।</translation>
    </message>
    <message>
        <source>More faces than usual smile: about {now}, usually {usual}.</source>
        <translation>आम से ज़्यादा चेहरे मुस्कुराते हैं: लगभग {now}, आम तौर पर {usual}।</translation>
    </message>
    <message>
        <source>More look low?</source>
        <translation>ज़्यादा उदास?</translation>
    </message>
    <message>
        <source>More look sad, afraid or angry</source>
        <translation>ज़्यादा&#xa0;उदास,&#xa0;डरे&#xa0;या&#xa0;गुस्से&#xa0;में&#xa0;दिखते&#xa0;हैं</translation>
    </message>
    <message>
        <source>More look surprised</source>
        <translation>ज़्यादा&#xa0;हैरान&#xa0;दिखते&#xa0;हैं</translation>
    </message>
    <message>
        <source>More looked sad, afraid or angry until {time}.</source>
        <translation>{time} तक ज़्यादा उदास, डरे या गुस्से में दिखे।</translation>
    </message>
    <message>
        <source>More smile than usual</source>
        <translation>आम&#xa0;से&#xa0;ज़्यादा&#xa0;मुस्कुराते&#xa0;हैं</translation>
    </message>
    <message>
        <source>Most changed at {time}: fewer faces than usual smiled.</source>
        <translation>सबसे बड़ा बदलाव {time} पर: आम से कम चेहरे मुस्कुराए।</translation>
    </message>
    <message>
        <source>Most changed at {time}: more faces than usual looked sad, afraid or angry.</source>
        <translation>सबसे बड़ा बदलाव {time} पर: आम से ज़्यादा चेहरे उदास, डरे या गुस्से में दिखे।</translation>
    </message>
    <message>
        <source>Most changed at {time}: more faces than usual looked surprised.</source>
        <translation>सबसे बड़ा बदलाव {time} पर: आम से ज़्यादा चेहरे हैरान दिखे।</translation>
    </message>
    <message>
        <source>Most changed at {time}: more faces than usual smiled.</source>
        <translation>सबसे बड़ा बदलाव {time} पर: आम से ज़्यादा चेहरे मुस्कुराए।</translation>
    </message>
    <message>
        <source>Mostly neutral.</source>
        <translation>ज़्यादातर तटस्थ।</translation>
    </message>
    <message>
        <source>Mostly smiling.</source>
        <translation>ज़्यादातर मुस्कुराते हैं।</translation>
    </message>
    <message>
        <source>Nearly all smile.</source>
        <translation>लगभग सब मुस्कुराते हैं।</translation>
    </message>
    <message>
        <source>Nearly all smiled until {time}.</source>
        <translation>{time} तक लगभग सब मुस्कुराए।</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>न्यूरल नेटवर्क</translation>
    </message>
    <message>
        <source>Network taught by</source>
        <translation>नेटवर्क ने सीखा</translation>
    </message>
    <message>
        <source>No camera was found: connect one, then start again.</source>
        <translation>कोई कैमरा नहीं मिला: कैमरा जोड़ें, फिर दोबारा शुरू करें।</translation>
    </message>
    <message>
        <source>No face is read</source>
        <translation>कोई चेहरा नहीं</translation>
    </message>
    <message>
        <source>No face is read.</source>
        <translation>कोई चेहरा नहीं पढ़ा जा रहा।</translation>
    </message>
    <message>
        <source>No figures of this lesson are left with the others: its CSV file is {file}</source>
        <translation>इस क्लास के आँकड़े बाकी क्लासों के साथ नहीं बचे: उसकी CSV फ़ाइल {file} है</translation>
    </message>
    <message>
        <source>No figures of this lesson are left: there is nothing to save.</source>
        <translation>इस क्लास के कोई आँकड़े नहीं बचे: सहेजने को कुछ नहीं है।</translation>
    </message>
    <message>
        <source>No longer smiling</source>
        <translation>अब नहीं मुस्कुराते</translation>
    </message>
    <message>
        <source>No monitor was found; connect one and try again.</source>
        <translation>कोई मॉनिटर नहीं मिला; मॉनिटर जोड़ें और फिर कोशिश करें।</translation>
    </message>
    <message>
        <source>No picture in {folder} has a line in {boxes_file}: add one with the box of its face.</source>
        <translation>{folder} की किसी तस्वीर की लाइन {boxes_file} में नहीं है: चेहरे के बॉक्स के साथ एक लाइन जोड़ें।</translation>
    </message>
    <message>
        <source>No pictures come from {name}: check the address and the network, then start again.</source>
        <translation>{name} से कोई तस्वीर नहीं आ रही: पता और इंटरनेट देखें, फिर दोबारा शुरू करें।</translation>
    </message>
    <message>
        <source>Nobody has said yet where the class is and what the calls are for: open the window, and answer both there.</source>
        <translation>अभी किसी ने नहीं बताया कि क्लास कहाँ है और कॉल किसलिए हैं: विंडो खोलें और वहाँ दोनों का जवाब दें।</translation>
    </message>
    <message>
        <source>Normally</source>
        <translation>सामान्य</translation>
    </message>
    <message>
        <source>Not enough faces</source>
        <translation>कम चेहरे</translation>
    </message>
    <message>
        <source>Not enough faces.</source>
        <translation>चेहरे कम हैं।</translation>
    </message>
    <message>
        <source>Not in view</source>
        <translation>दिखते नहीं</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation>अभी तक कुछ नहीं पढ़ा गया</translation>
    </message>
    <message>
        <source>Nothing read yet.</source>
        <translation>अभी कुछ नहीं पढ़ा गया।</translation>
    </message>
    <message>
        <source>Number the tiles of a call</source>
        <translation>कॉल की टाइलों पर नंबर डालें</translation>
    </message>
    <message>
        <source>Over the whole lesson mixed.</source>
        <translation>पूरी क्लास में मिला-जुला।</translation>
    </message>
    <message>
        <source>Over the whole lesson mostly neutral.</source>
        <translation>पूरी क्लास में ज़्यादातर तटस्थ।</translation>
    </message>
    <message>
        <source>Over the whole lesson mostly smiling.</source>
        <translation>पूरी क्लास में ज़्यादातर मुस्कुराए।</translation>
    </message>
    <message>
        <source>Over the whole lesson nearly all smiled.</source>
        <translation>पूरी क्लास में लगभग सब मुस्कुराए।</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>रुका हुआ</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>रुका हुआ।</translation>
    </message>
    <message>
        <source>Picture lost</source>
        <translation>तस्वीर नहीं</translation>
    </message>
    <message>
        <source>Please choose</source>
        <translation>कृपया चुनें</translation>
    </message>
    <message>
        <source>Processor cores used</source>
        <translation>प्रोसेसर के कोर</translation>
    </message>
    <message>
        <source>Processor share, at most</source>
        <translation>प्रोसेसर, अधिकतम</translation>
    </message>
    <message>
        <source>Processor threads of the network</source>
        <translation>न्यूरल नेटवर्क के प्रोसेसर थ्रेड</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>प्रोग्राम</translation>
    </message>
    <message>
        <source>Quiet after an alert</source>
        <translation>सूचना के बाद शांति</translation>
    </message>
    <message>
        <source>Readily</source>
        <translation>जल्दी</translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation>पहचान</translation>
    </message>
    <message>
        <source>Remember the last source</source>
        <translation>पिछला स्रोत याद रखें</translation>
    </message>
    <message>
        <source>Responsible use</source>
        <translation>ज़िम्मेदारी से उपयोग</translation>
    </message>
    <message>
        <source>Sad, afraid or angry</source>
        <translation>उदास, डरा या गुस्से में</translation>
    </message>
    <message>
        <source>Saved lessons</source>
        <translation>सहेजी गई क्लासें</translation>
    </message>
    <message>
        <source>Seat numbers</source>
        <translation>सीट नंबर</translation>
    </message>
    <message>
        <source>Seldom</source>
        <translation>कभी-कभी</translation>
    </message>
    <message>
        <source>Session {id} has no marker {number}.</source>
        <translation>सत्र {id} में निशान {number} नहीं है।</translation>
    </message>
    <message>
        <source>Session {id} is being recorded: end it first.</source>
        <translation>सत्र {id} चल रहा है: पहले उसे समाप्त करें।</translation>
    </message>
    <message>
        <source>Share of all processor cores that the program may take</source>
        <translation>प्रोसेसर के सभी कोर का वह हिस्सा जो प्रोग्राम ले सकता है</translation>
    </message>
    <message>
        <source>Simulated recordings need the encoders of PyAV: run `make setup EXTRAS=dev`, or `pip install av`.</source>
        <translation>बनाई गई रिकॉर्डिंग के लिए PyAV के एन्कोडर चाहिए: `make setup EXTRAS=dev` या `pip install av` चलाएँ।</translation>
    </message>
    <message>
        <source>Since “{marker}” fewer faces smile: about {now}, before {usual}.</source>
        <translation>“{marker}” के बाद कम चेहरे मुस्कुराते हैं: लगभग {now}, पहले {usual}।</translation>
    </message>
    <message>
        <source>Since “{marker}” more faces look sad, afraid or angry: about {now}, before {usual}.</source>
        <translation>“{marker}” के बाद ज़्यादा चेहरे उदास, डरे या गुस्से में दिखते हैं: लगभग {now}, पहले {usual}।</translation>
    </message>
    <message>
        <source>Since “{marker}” more faces look surprised: about {now}, before {usual}.</source>
        <translation>“{marker}” के बाद ज़्यादा चेहरे हैरान दिखते हैं: लगभग {now}, पहले {usual}।</translation>
    </message>
    <message>
        <source>Since “{marker}” more faces smile: about {now}, before {usual}.</source>
        <translation>“{marker}” के बाद ज़्यादा चेहरे मुस्कुराते हैं: लगभग {now}, पहले {usual}।</translation>
    </message>
    <message>
        <source>Since “{marker}”: about as before.</source>
        <translation>“{marker}” के बाद: लगभग पहले जैसा।</translation>
    </message>
    <message>
        <source>Slower than usual: the computer is busy.</source>
        <translation>आम से धीमा: कंप्यूटर व्यस्त है।</translation>
    </message>
    <message>
        <source>Smallest face that is read</source>
        <translation>सबसे छोटा चेहरा</translation>
    </message>
    <message>
        <source>Smiling</source>
        <translation>मुस्कुराता</translation>
    </message>
    <message>
        <source>Smoothed over</source>
        <translation>औसत का समय</translation>
    </message>
    <message>
        <source>Some faces look sad at rest. From five faces on, half of what is usual for each is left out after its first minute. It is kept in memory only.</source>
        <translation>कुछ चेहरे आराम में भी उदास दिखते हैं। पाँच चेहरों से आगे, हर चेहरे के पहले मिनट के बाद, उसके आम रूप का आधा हिस्सा घटा दिया जाता है। यह केवल मेमोरी में रहता है।</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>कुछ और</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>गति</translation>
    </message>
    <message>
        <source>Sure of a face from</source>
        <translation>चेहरे का न्यूनतम स्कोर</translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation>हैरान</translation>
    </message>
    <message>
        <source>Teaching</source>
        <translation>पढ़ाई</translation>
    </message>
    <message>
        <source>Ten people&apos;s votes</source>
        <translation>दस लोगों की राय से</translation>
    </message>
    <message>
        <source>The audited session did not end in its time: see the log file.</source>
        <translation>ऑडिट वाला सत्र समय पर समाप्त नहीं हुआ: लॉग फ़ाइल देखें।</translation>
    </message>
    <message>
        <source>The audited session did not end in {seconds:.0f} s.</source>
        <translation>ऑडिट वाला सत्र {seconds:.0f} सेकंड में समाप्त नहीं हुआ।</translation>
    </message>
    <message>
        <source>The audited session failed: {problem}</source>
        <translation>ऑडिट वाला सत्र विफल हुआ: {problem}</translation>
    </message>
    <message>
        <source>The built-in one</source>
        <translation>प्रोग्राम में शामिल वाला</translation>
    </message>
    <message>
        <source>The chosen part of the screen is on no monitor: choose it again.</source>
        <translation>स्क्रीन का चुना हुआ हिस्सा किसी मॉनिटर पर नहीं है: उसे फिर से चुनें।</translation>
    </message>
    <message>
        <source>The computer was asleep.</source>
        <translation>कंप्यूटर स्लीप में था।</translation>
    </message>
    <message>
        <source>The copy cannot be saved as {path}: check that its folder can be written.</source>
        <translation>प्रति {path} के रूप में सहेजी नहीं जा सकती: देखें कि उसके फ़ोल्डर में लिखा जा सकता है।</translation>
    </message>
    <message>
        <source>The copy would replace the log itself: choose another name.</source>
        <translation>प्रति लेखे की ही जगह ले लेगी: कोई दूसरा नाम चुनें।</translation>
    </message>
    <message>
        <source>The demo class in {folder} is missing or damaged: install the program again.</source>
        <translation>{folder} में डेमो कक्षा नहीं है या खराब है: प्रोग्राम फिर से इंस्टॉल करें।</translation>
    </message>
    <message>
        <source>The demo did not end in its time: see the log file, then run it again.</source>
        <translation>डेमो समय पर समाप्त नहीं हुआ: लॉग फ़ाइल देखें, फिर उसे दोबारा चलाएँ।</translation>
    </message>
    <message>
        <source>The demo was closed before its first frame: run it again.</source>
        <translation>डेमो पहली तस्वीर से पहले बंद कर दिया गया: उसे दोबारा चलाएँ।</translation>
    </message>
    <message>
        <source>The disk did not answer: the end of the session may be missing.</source>
        <translation>डिस्क ने जवाब नहीं दिया: सत्र का अंत शायद न हो।</translation>
    </message>
    <message>
        <source>The disk does not answer: what is not saved waits in memory until it does.</source>
        <translation>डिस्क जवाब नहीं दे रही: जो सहेजा नहीं गया, वह तब तक मेमोरी में इंतज़ार करेगा।</translation>
    </message>
    <message>
        <source>The face detector gave {count} faces for one picture, which is noise: choose another in the settings, or leave it empty there.</source>
        <translation>फ़ेस डिटेक्टर ने एक ही तस्वीर में {count} चेहरे बताए, जो बेमतलब है: सेटिंग में दूसरा चुनें या वह जगह खाली छोड़ें।</translation>
    </message>
    <message>
        <source>The face detector gives no rows of YuNet: choose another in the settings.</source>
        <translation>फ़ेस डिटेक्टर YuNet जैसी पंक्तियाँ नहीं देता: सेटिंग में दूसरा चुनें।</translation>
    </message>
    <message>
        <source>The face detector {file} is not the one that was shipped: install the program again.</source>
        <translation>फ़ेस डिटेक्टर {file} वह नहीं है जो प्रोग्राम के साथ आया था: प्रोग्राम फिर से इंस्टॉल करें।</translation>
    </message>
    <message>
        <source>The face detector {file} is not there: choose another in the settings, or leave it empty there.</source>
        <translation>फ़ेस डिटेक्टर {file} नहीं मिला: सेटिंग में दूसरा चुनें या वह जगह खाली छोड़ें।</translation>
    </message>
    <message>
        <source>The face detector {file} is too large: choose another in the settings.</source>
        <translation>फ़ेस डिटेक्टर {file} बहुत बड़ा है: सेटिंग में दूसरा चुनें।</translation>
    </message>
    <message>
        <source>The face detector&apos;s answers are no faces, so nothing was read from them: choose another in the settings, or leave it empty there.</source>
        <translation>फ़ेस डिटेक्टर के जवाब चेहरे नहीं हैं, इसलिए उनसे कुछ नहीं पढ़ा गया: सेटिंग में दूसरा चुनें या वह जगह खाली छोड़ें।</translation>
    </message>
    <message>
        <source>The figures of 1 lesson could not be recovered</source>
        <translation>1 क्लास के आँकड़े वापस नहीं मिल सके</translation>
    </message>
    <message>
        <source>The figures of {empty} lessons could not be recovered</source>
        <translation>{empty} क्लासों के आँकड़े वापस नहीं मिल सके</translation>
    </message>
    <message>
        <source>The file of the session was changed by another program: all of it is written again, to {path}.</source>
        <translation>दूसरे प्रोग्राम ने सत्र की फ़ाइल बदल दी: सब कुछ फिर से {path} में लिखा जा रहा है।</translation>
    </message>
    <message>
        <source>The file of the session was lost by the network drive: all of it is written again, to {path}.</source>
        <translation>नेटवर्क ड्राइव पर सत्र की फ़ाइल खो गई: सब कुछ फिर से {path} में लिखा जा रहा है।</translation>
    </message>
    <message>
        <source>The file of the session was moved: all of it is written again, to {path}, and goes on there.</source>
        <translation>सत्र की फ़ाइल कहीं और रख दी गई: सब कुछ फिर से {path} में लिखा जा रहा है और वहीं जारी है।</translation>
    </message>
    <message>
        <source>The file of the session was removed: all of it is written again, to {path}.</source>
        <translation>सत्र की फ़ाइल हटा दी गई: सब कुछ फिर से {path} में लिखा जा रहा है।</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be written: choose another with --out.</source>
        <translation>फ़ोल्डर {folder} में लिखा नहीं जा सकता: --out से दूसरा चुनें।</translation>
    </message>
    <message>
        <source>The folder {out} cannot be made: choose another.</source>
        <translation>फ़ोल्डर {out} बनाया नहीं जा सकता: दूसरा चुनें।</translation>
    </message>
    <message>
        <source>The log of your answers, {file}, cannot be read: check that you may open it.</source>
        <translation>आपके जवाबों का लेखा, {file}, पढ़ा नहीं जा सकता: देखें कि आप उसे खोल सकते हैं।</translation>
    </message>
    <message>
        <source>The log of your answers, {file}, is far too large: move it elsewhere, and a new one is begun.</source>
        <translation>आपके जवाबों का लेखा, {file}, बहुत बड़ा है: उसे कहीं और रखें, तो नया शुरू होगा।</translation>
    </message>
    <message>
        <source>The monitor with the chosen part of the screen was unplugged or changed: plug it in again, or choose the part again.</source>
        <translation>जिस मॉनिटर पर स्क्रीन का चुना हुआ हिस्सा था, वह निकाल दिया गया या बदल गया: उसे फिर से लगाएँ या हिस्सा दोबारा चुनें।</translation>
    </message>
    <message>
        <source>The network {file} can no longer be read: choose another in the settings.</source>
        <translation>न्यूरल नेटवर्क {file} अब पढ़ा नहीं जा सकता: सेटिंग में दूसरा चुनें।</translation>
    </message>
    <message>
        <source>The network {model} is not the one that was shipped: install the program again.</source>
        <translation>न्यूरल नेटवर्क {model} वह नहीं है जो प्रोग्राम के साथ आया था: प्रोग्राम फिर से इंस्टॉल करें।</translation>
    </message>
    <message>
        <source>The network {model} was not found: choose another in the settings, or the shipped one.</source>
        <translation>न्यूरल नेटवर्क {model} नहीं मिला: सेटिंग में दूसरा चुनें या वह जो प्रोग्राम के साथ आया था।</translation>
    </message>
    <message>
        <source>The network {network} is damaged; {spare} reads the same in its place, more slowly: install the program again.</source>
        <translation>न्यूरल नेटवर्क {network} खराब है; उसकी जगह {spare} वही पढ़ रहा है, पर धीरे: प्रोग्राम फिर से इंस्टॉल करें।</translation>
    </message>
    <message>
        <source>The network&apos;s answers are no probabilities, so nothing was read from them: choose another in the settings, or the shipped one.</source>
        <translation>न्यूरल नेटवर्क के जवाब संभावनाएँ नहीं हैं, इसलिए उनसे कुछ नहीं पढ़ा गया: सेटिंग में दूसरा चुनें या वह जो प्रोग्राम के साथ आया था।</translation>
    </message>
    <message>
        <source>The original labels</source>
        <translation>मूल लेबल से</translation>
    </message>
    <message>
        <source>The picture cannot be saved as {path}: check that its folder can be written.</source>
        <translation>तस्वीर {path} के नाम से सहेजी नहीं जा सकती: देखें कि उसके फ़ोल्डर में लिखा जा सकता है या नहीं।</translation>
    </message>
    <message>
        <source>The picture is lost: trying again.</source>
        <translation>तस्वीर नहीं मिल रही: फिर कोशिश हो रही है।</translation>
    </message>
    <message>
        <source>The picture {path} cannot be opened: check that you may read it.</source>
        <translation>तस्वीर {path} खोली नहीं जा सकती: देखें कि आपको उसे पढ़ने की अनुमति है या नहीं।</translation>
    </message>
    <message>
        <source>The picture {path} was not found: check where it is.</source>
        <translation>तस्वीर {path} नहीं मिली: देखें कि वह कहाँ है।</translation>
    </message>
    <message>
        <source>The program did not begin a session on the demo class: try `demo --out DIR` to see why.</source>
        <translation>प्रोग्राम ने डेमो कक्षा का सत्र शुरू नहीं किया: कारण जानने के लिए `demo --out DIR` चलाएँ।</translation>
    </message>
    <message>
        <source>The program&apos;s folder {name} is missing: install it again.</source>
        <translation>प्रोग्राम का फ़ोल्डर {name} नहीं है: प्रोग्राम फिर से इंस्टॉल करें।</translation>
    </message>
    <message>
        <source>The reading of frames ended by a fault; it is started again.</source>
        <translation>गड़बड़ी के कारण तस्वीरें पढ़ना बंद हो गया; उसे फिर से शुरू किया जा रहा है।</translation>
    </message>
    <message>
        <source>The recording {path} breaks off at {end_s:.0f} s of {claimed_s:.0f} s: get a complete copy of it; the rows up to there are saved.</source>
        <translation>रिकॉर्डिंग {path} {claimed_s:.0f} में से {end_s:.0f} सेकंड पर टूट जाती है: उसकी पूरी प्रति लें; वहाँ तक की पंक्तियाँ सहेज ली गई हैं।</translation>
    </message>
    <message>
        <source>The recording {path} breaks off at {end_s:.0f} s: get a complete copy of it; the rows up to there are saved.</source>
        <translation>रिकॉर्डिंग {path} {end_s:.0f} सेकंड पर टूट जाती है: उसकी पूरी प्रति लें; वहाँ तक की पंक्तियाँ सहेज ली गई हैं।</translation>
    </message>
    <message>
        <source>The recording {path} cannot be opened: check that you may read it.</source>
        <translation>रिकॉर्डिंग {path} खोली नहीं जा सकती: देखें कि आपको उसे पढ़ने की अनुमति है या नहीं।</translation>
    </message>
    <message>
        <source>The recording {path} is damaged or not a video: play it in a video player, or choose another file.</source>
        <translation>रिकॉर्डिंग {path} खराब है या वीडियो नहीं है: उसे वीडियो प्लेयर में चलाकर देखें या दूसरी फ़ाइल चुनें।</translation>
    </message>
    <message>
        <source>The recording {path} is empty: choose another file.</source>
        <translation>रिकॉर्डिंग {path} खाली है: दूसरी फ़ाइल चुनें।</translation>
    </message>
    <message>
        <source>The recording {path} was not found: check where it is.</source>
        <translation>रिकॉर्डिंग {path} नहीं मिली: देखें कि वह कहाँ है।</translation>
    </message>
    <message>
        <source>The run was too short to be measured: give it 10 seconds or more.</source>
        <translation>समय इतना कम था कि नापा नहीं जा सका: 10 सेकंड या ज़्यादा दें।</translation>
    </message>
    <message>
        <source>The screen shows colours in {depth} bits, which cannot be captured: set it to 24 bits (in Xorg&apos;s configuration, DefaultDepth 24), then start again.</source>
        <translation>स्क्रीन {depth} बिट में रंग दिखा रही है, जिन्हें लिया नहीं जा सकता: उसे 24 बिट पर करें (Xorg की कॉन्फ़िगरेशन में DefaultDepth 24), फिर दोबारा शुरू करें।</translation>
    </message>
    <message>
        <source>The session cannot be read back from {path}: look at its disk.</source>
        <translation>सत्र को {path} से वापस पढ़ा नहीं जा सकता: उसकी डिस्क देखें।</translation>
    </message>
    <message>
        <source>The setting &quot;{label}&quot; ({name}) is {value}: {allowed}.</source>
        <translation>सेटिंग “{label}” ({name}) का मान {value} है: {allowed}।</translation>
    </message>
    <message>
        <source>The settings cannot be saved in {folder}: check that it can be written.</source>
        <translation>सेटिंग {folder} में सहेजी नहीं जा सकती: देखें कि उसमें लिखा जा सकता है या नहीं।</translation>
    </message>
    <message>
        <source>The settings in {file} are not this program&apos;s: mend or delete the file.</source>
        <translation>{file} की सेटिंग इस प्रोग्राम की नहीं है: फ़ाइल ठीक करें या मिटा दें।</translation>
    </message>
    <message>
        <source>The settings in {file} cannot be read: mend or delete the file.</source>
        <translation>{file} की सेटिंग पढ़ी नहीं जा सकती: फ़ाइल ठीक करें या मिटा दें।</translation>
    </message>
    <message>
        <source>The settings in {file} were written by a newer version: update, or delete the file.</source>
        <translation>{file} की सेटिंग नए संस्करण ने लिखी है: प्रोग्राम अपडेट करें या फ़ाइल मिटा दें।</translation>
    </message>
    <message>
        <source>The shipped face detector {file} is missing: install the program again.</source>
        <translation>प्रोग्राम के साथ आया फ़ेस डिटेक्टर {file} नहीं है: प्रोग्राम फिर से इंस्टॉल करें।</translation>
    </message>
    <message>
        <source>The shipped network {shipped} is missing: install the program again.</source>
        <translation>प्रोग्राम के साथ आया न्यूरल नेटवर्क {shipped} नहीं है: प्रोग्राम फिर से इंस्टॉल करें।</translation>
    </message>
    <message>
        <source>The sidecar {file} cannot be read: correct it, or choose the network again.</source>
        <translation>साथ की फ़ाइल {file} पढ़ी नहीं जा सकती: उसे ठीक करें या न्यूरल नेटवर्क फिर से चुनें।</translation>
    </message>
    <message>
        <source>The sidecar {model} does not fit: it needs the seven classes ({expressions}) in the network&apos;s order, and input with channels 1 or 3 and a value_range.</source>
        <translation>साथ की फ़ाइल {model} ठीक नहीं है: उसमें सात श्रेणियाँ ({expressions}) नेटवर्क के क्रम में, और 1 या 3 चैनल और value_range वाला इनपुट चाहिए।</translation>
    </message>
    <message>
        <source>The soak stands still: see the log file.</source>
        <translation>लंबी जाँच अटक गई है: लॉग फ़ाइल देखें।</translation>
    </message>
    <message>
        <source>The source ended by a fault in the program; it is being opened again.</source>
        <translation>प्रोग्राम की एक गड़बड़ी से स्रोत बंद हो गया; उसे फिर से खोला जा रहा है।</translation>
    </message>
    <message>
        <source>The source failed {times} times in a row, and is not opened again: stop the session, check the source, and begin another.</source>
        <translation>स्रोत लगातार {times} बार विफल हुआ और फिर से नहीं खोला जाएगा: सत्र समाप्त करें, स्रोत देखें और दूसरा शुरू करें।</translation>
    </message>
    <message>
        <source>The source gives a picture every {seconds} s only: seconds long after one have no figures.</source>
        <translation>स्रोत केवल हर {seconds} सेकंड में एक तस्वीर देता है: तस्वीर के काफ़ी बाद के सेकंडों में आँकड़े नहीं होते।</translation>
    </message>
    <message>
        <source>The source has given no picture for {seconds} s.</source>
        <translation>स्रोत ने {seconds} सेकंड से कोई तस्वीर नहीं दी।</translation>
    </message>
    <message>
        <source>The source has given no picture for {seconds} s; it is being opened again.</source>
        <translation>स्रोत ने {seconds} सेकंड से कोई तस्वीर नहीं दी; उसे फिर से खोला जा रहा है।</translation>
    </message>
    <message>
        <source>The source is lost, as the soak wants it.</source>
        <translation>स्रोत खो गया, जैसा लंबी जाँच चाहती है।</translation>
    </message>
    <message>
        <source>The source of the last session is remembered until the next start</source>
        <translation>पिछले सत्र का स्रोत अगली शुरुआत तक याद रखा जाता है</translation>
    </message>
    <message>
        <source>The store is being read by another program: close that, then erase once more.</source>
        <translation>दूसरा प्रोग्राम सत्रों का भंडार पढ़ रहा है: उसे बंद करें, फिर दोबारा मिटाएँ।</translation>
    </message>
    <message>
        <source>The store of sessions is damaged and is being repaired: this session is stored as soon as that is done.</source>
        <translation>सत्रों का भंडार खराब है और उसकी मरम्मत हो रही है: मरम्मत होते ही यह सत्र सहेजा जाएगा।</translation>
    </message>
    <message>
        <source>The store of sessions was damaged. {lost}; of others, {whole}, {seconds} seconds were saved. The damaged file is kept as {damaged}.</source>
        <translation>सत्रों का भंडार खराब हो गया था। {lost}; बाकी {whole} के {seconds} सेकंड बचा लिए गए। खराब फ़ाइल {damaged} के रूप में रखी गई है।</translation>
    </message>
    <message>
        <source>The store of sessions was damaged. {lost}; the damaged file is kept as {damaged}.</source>
        <translation>सत्रों का भंडार खराब हो गया था। {lost}; खराब फ़ाइल {damaged} के रूप में रखी गई है।</translation>
    </message>
    <message>
        <source>The store of sessions was damaged: nothing of it could be recovered; the damaged file is kept as {damaged}.</source>
        <translation>सत्रों का भंडार खराब हो गया था: उसमें से कुछ वापस नहीं मिल सका; खराब फ़ाइल {damaged} के रूप में रखी गई है।</translation>
    </message>
    <message>
        <source>The store of sessions was damaged: {sessions} sessions with {seconds} seconds were saved, {from_backup} of them out of a backup; the damaged file is kept as {damaged}.</source>
        <translation>सत्रों का भंडार खराब हो गया था: {seconds} सेकंड वाले {sessions} सत्र बचा लिए गए, जिनमें से {from_backup} बैकअप से; खराब फ़ाइल {damaged} के रूप में रखी गई है।</translation>
    </message>
    <message>
        <source>The store of sessions was moved, removed or replaced: this session is written again from its start, to {path}.</source>
        <translation>सत्रों का भंडार हटाया या बदला गया: यह सत्र शुरू से फिर {path} में लिखा जा रहा है।</translation>
    </message>
    <message>
        <source>The store of sessions {path} cannot be repaired.</source>
        <translation>सत्रों के भंडार {path} की मरम्मत नहीं हो सकती।</translation>
    </message>
    <message>
        <source>The store of sessions {path} cannot be used ({error}): look at its disk and folder.</source>
        <translation>सत्रों का भंडार {path} इस्तेमाल नहीं हो सकता ({error}): उसकी डिस्क और उसका फ़ोल्डर देखें।</translation>
    </message>
    <message>
        <source>The store of sessions {path} holds what this program did not write ({error}).</source>
        <translation>सत्रों के भंडार {path} में कुछ ऐसा है जो इस प्रोग्राम ने नहीं लिखा ({error})।</translation>
    </message>
    <message>
        <source>The store of sessions {path} is damaged: `sessions check --repair` saves what can be read.</source>
        <translation>सत्रों का भंडार {path} खराब है: `sessions check --repair` वह बचा लेता है जो पढ़ा जा सकता है।</translation>
    </message>
    <message>
        <source>The stream from {name} broke off: check the network, then start again.</source>
        <translation>{name} की स्ट्रीम टूट गई: इंटरनेट देखें, फिर दोबारा शुरू करें।</translation>
    </message>
    <message>
        <source>The window could not be measured: see the line above.</source>
        <translation>विंडो नापी नहीं जा सकी: ऊपर की लाइन देखें।</translation>
    </message>
    <message>
        <source>The window is hidden or on another desktop: bring it back, and the session goes on.</source>
        <translation>विंडो छिपी है या दूसरे डेस्कटॉप पर है: उसे वापस लाएँ, सत्र आगे चलेगा।</translation>
    </message>
    <message>
        <source>The window is minimised: open it again, and the session goes on.</source>
        <translation>विंडो छोटी कर दी गई है: उसे फिर से खोलें, सत्र आगे चलेगा।</translation>
    </message>
    <message>
        <source>The window is on no monitor: move it back, and the session goes on.</source>
        <translation>विंडो किसी मॉनिटर पर नहीं है: उसे वापस लाएँ, सत्र आगे चलेगा।</translation>
    </message>
    <message>
        <source>The window was closed: open it again, or end the session and choose another.</source>
        <translation>विंडो बंद कर दी गई: उसे फिर से खोलें, या सत्र समाप्त करके दूसरी चुनें।</translation>
    </message>
    <message>
        <source>There are no pictures in {path}: choose a folder with JPEG or PNG files.</source>
        <translation>{path} में कोई तस्वीर नहीं है: JPEG या PNG फ़ाइलों वाला फ़ोल्डर चुनें।</translation>
    </message>
    <message>
        <source>There is no home folder for {path}: choose another face detector in the settings.</source>
        <translation>{path} का होम फ़ोल्डर नहीं है: सेटिंग में दूसरा फ़ेस डिटेक्टर चुनें।</translation>
    </message>
    <message>
        <source>There is no home folder for {path}: choose another {what} in the settings.</source>
        <translation>{path} का होम फ़ोल्डर नहीं है: सेटिंग में दूसरा चुनें ({what})।</translation>
    </message>
    <message>
        <source>There is no picture to save: make the window larger and try again.</source>
        <translation>सहेजने के लिए कोई तस्वीर नहीं है: विंडो बड़ी करें और फिर कोशिश करें।</translation>
    </message>
    <message>
        <source>There is no session {id}: `sessions list` shows those that there are.</source>
        <translation>सत्र {id} नहीं है: `sessions list` बताता है कि कौन-से हैं।</translation>
    </message>
    <message>
        <source>There is no {boxes_file} in or beside {folder}: add one with the boxes of the faces.</source>
        <translation>{folder} में या उसके पास {boxes_file} नहीं है: चेहरों के बॉक्स वाली फ़ाइल जोड़ें।</translation>
    </message>
    <message>
        <source>This lesson cannot be added to your saved lessons: {problem} Its CSV file is written.</source>
        <translation>यह क्लास आपकी सहेजी गई क्लासों में नहीं जोड़ी जा सकती: {problem} उसकी CSV फ़ाइल लिख दी गई है।</translation>
    </message>
    <message>
        <source>This lesson is no longer stored.</source>
        <translation>यह क्लास अब सहेजी हुई नहीं है।</translation>
    </message>
    <message>
        <source>This program&apos;s own window covers most of what is read: move it aside or minimise it, and the session goes on.</source>
        <translation>इस प्रोग्राम की अपनी विंडो पढ़े जाने वाले हिस्से को ज़्यादातर ढकती है: उसे हटाएँ या छोटा करें, तो सत्र आगे चलेगा।</translation>
    </message>
    <message>
        <source>This program&apos;s own window covers the chosen window: move one of them aside, and the session goes on.</source>
        <translation>इसी प्रोग्राम की विंडो चुनी हुई विंडो को ढक रही है: दोनों में से एक को हटाएँ, सत्र आगे चलेगा।</translation>
    </message>
    <message>
        <source>Time constant of the smoothing; 0 is none</source>
        <translation>औसत का समय; 0 यानी कोई औसत नहीं</translation>
    </message>
    <message>
        <source>Too few faces to say what has changed.</source>
        <translation>क्या बदला, यह बताने के लिए चेहरे बहुत कम हैं।</translation>
    </message>
    <message>
        <source>Too little was seen to say.</source>
        <translation>बहुत कम दिखा।</translation>
    </message>
    <message>
        <source>Too short to learn what is usual.</source>
        <translation>इतनी&#xa0;छोटी&#xa0;कि&#xa0;आम&#xa0;क्या&#xa0;है,&#xa0;यह&#xa0;पता&#xa0;नहीं&#xa0;चला।</translation>
    </message>
    <message>
        <source>Training needs TensorFlow: run `make setup EXTRAS=train`, or install fer-desktop[train].</source>
        <translation>ट्रेनिंग के लिए TensorFlow चाहिए: `make setup EXTRAS=train` चलाएँ या fer-desktop[train] इंस्टॉल करें।</translation>
    </message>
    <message>
        <source>Turned away</source>
        <translation>मुड़े हुए</translation>
    </message>
    <message>
        <source>Until the next lesson or start</source>
        <translation>अगली क्लास या शुरुआत तक</translation>
    </message>
    <message>
        <source>Updates a second, at most</source>
        <translation>अधिकतम अपडेट/सेकंड</translation>
    </message>
    <message>
        <source>Usual look</source>
        <translation>आम रूप</translation>
    </message>
    <message>
        <source>View</source>
        <translation>देखें</translation>
    </message>
    <message>
        <source>Waiting: another window covers the call.</source>
        <translation>इंतज़ार: दूसरी विंडो कॉल को ढकती है।</translation>
    </message>
    <message>
        <source>What are the calls?</source>
        <translation>कॉल किस काम की हैं?</translation>
    </message>
    <message>
        <source>What the calls are: education, work or something else</source>
        <translation>कॉल किसलिए हैं: पढ़ाई, काम या कुछ और</translation>
    </message>
    <message>
        <source>What the program can and cannot know was read, and the answers were accepted</source>
        <translation>यह पढ़ा गया कि प्रोग्राम क्या जान सकता है और क्या नहीं, और जवाब स्वीकार किए गए</translation>
    </message>
    <message>
        <source>What the window speaks, from its next start on</source>
        <translation>विंडो की भाषा, अगली बार शुरू होने से</translation>
    </message>
    <message>
        <source>Where is the class held?</source>
        <translation>क्लास कहाँ होती है?</translation>
    </message>
    <message>
        <source>Where the CSV files of sessions are saved</source>
        <translation>सत्रों की CSV फ़ाइलें कहाँ सहेजी जाएँ</translation>
    </message>
    <message>
        <source>Where the class is held: in the EU or EEA, or elsewhere</source>
        <translation>क्लास कहाँ होती है: EU या EEA में, या कहीं और</translation>
    </message>
    <message>
        <source>Whether a CSV file is written while a session runs</source>
        <translation>सत्र के दौरान CSV फ़ाइल लिखी जाए या नहीं</translation>
    </message>
    <message>
        <source>Which output of the network is read</source>
        <translation>नेटवर्क का कौन-सा आउटपुट पढ़ा जाए</translation>
    </message>
    <message>
        <source>With your answers this stays off: in the EU and EEA the law forbids reading the expressions of people in teaching and at work, live or recorded, with consent or without. The demo class, your own camera and recordings of yourself can be used.</source>
        <translation>आपके जवाबों के साथ यह बंद रहता है: EU और EEA में कानून पढ़ाई और काम में लोगों के भाव पढ़ने से रोकता है, लाइव हो या रिकॉर्ड किया हुआ, सहमति के साथ या बिना। डेमो कक्षा, आपका अपना कैमरा और आपकी अपनी रिकॉर्डिंग उपयोग हो सकती हैं।</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>काम</translation>
    </message>
    <message>
        <source>Write a CSV file while a session runs</source>
        <translation>सत्र के दौरान CSV फ़ाइल लिखें</translation>
    </message>
    <message>
        <source>Your answers cannot be kept in {file}: check that its folder can be written.</source>
        <translation>आपके जवाब {file} में रखे नहीं जा सकते: देखें कि उसके फ़ोल्डर में लिखा जा सकता है।</translation>
    </message>
    <message>
        <source>Your own network, a .tflite or .keras file with its sidecar .json</source>
        <translation>आपका अपना न्यूरल नेटवर्क: .tflite या .keras फ़ाइल, साथ में उसकी .json फ़ाइल</translation>
    </message>
    <message>
        <source>Your saved lessons are damaged: start the program again, and what can be read is saved.</source>
        <translation>आपकी सहेजी गई क्लासें खराब हो गई हैं: प्रोग्राम फिर से शुरू करें, जो पढ़ा जा सकेगा, वह बचा लिया जाएगा।</translation>
    </message>
    <message>
        <source>YuNet</source>
        <translation>YuNet</translation>
    </message>
    <message>
        <source>YuNet&apos;s .onnx file, if you have one of your own</source>
        <translation>YuNet की .onnx फ़ाइल, अगर आपके पास अपनी हो</translation>
    </message>
    <message>
        <source>are not in view</source>
        <translation>नहीं दिखते</translation>
    </message>
    <message>
        <source>are turned away</source>
        <translation>मुड़े होते हैं</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>खराब</translation>
    </message>
    <message>
        <source>have stopped smiling</source>
        <translation>मुस्कुराना बंद करते हैं</translation>
    </message>
    <message>
        <source>it can be true or false</source>
        <translation>मान true या false हो सकता है</translation>
    </message>
    <message>
        <source>it can be {most} or {last}</source>
        <translation>मान {most} या {last} हो सकता है</translation>
    </message>
    <message>
        <source>it must be a number from {low} to {high}</source>
        <translation>मान {low} से {high} तक की संख्या होना चाहिए</translation>
    </message>
    <message>
        <source>it must be a whole number from {low} to {high}</source>
        <translation>मान {low} से {high} तक की पूर्ण संख्या होना चाहिए</translation>
    </message>
    <message>
        <source>it must be text</source>
        <translation>मान टेक्स्ट होना चाहिए</translation>
    </message>
    <message>
        <source>look sad, afraid or angry</source>
        <translation>उदास, डरे या गुस्से में दिखते हैं</translation>
    </message>
    <message>
        <source>look surprised</source>
        <translation>हैरान दिखते हैं</translation>
    </message>
    <message>
        <source>min</source>
        <translation>मिनट</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>s</source>
        <translation>सेकंड</translation>
    </message>
    <message>
        <source>smile</source>
        <translation>मुस्कुराते हैं</translation>
    </message>
    <message>
        <source>{count} of {faces} faces are too bright to read: less light from behind helps.</source>
        <translation>{faces}&#xa0;में&#xa0;से&#xa0;{count}&#xa0;चेहरे&#xa0;पढ़ने&#xa0;के&#xa0;लिए&#xa0;बहुत&#xa0;चमकीले&#xa0;हैं:&#xa0;पीछे&#xa0;से&#xa0;कम&#xa0;रोशनी&#xa0;से&#xa0;मदद&#xa0;मिलती&#xa0;है।</translation>
    </message>
    <message>
        <source>{count} of {faces} faces are too dark to read: more light on the face helps.</source>
        <translation>{faces}&#xa0;में&#xa0;से&#xa0;{count}&#xa0;चेहरे&#xa0;पढ़ने&#xa0;के&#xa0;लिए&#xa0;बहुत&#xa0;अँधेरे&#xa0;में&#xa0;हैं:&#xa0;चेहरे&#xa0;पर&#xa0;ज़्यादा&#xa0;रोशनी&#xa0;से&#xa0;मदद&#xa0;मिलती&#xa0;है।</translation>
    </message>
    <message>
        <source>{count} of {faces} pictures stand still: the call’s connection may be slow.</source>
        <translation>{faces}&#xa0;में&#xa0;से&#xa0;{count}&#xa0;तस्वीरें&#xa0;रुकी&#xa0;हुई&#xa0;हैं:&#xa0;कॉल&#xa0;का&#xa0;कनेक्शन&#xa0;धीमा&#xa0;हो&#xa0;सकता&#xa0;है।</translation>
    </message>
    <message>
        <source>{expected} rows were expected, {written} are in the files, {stored} in the store.</source>
        <translation>{expected} पंक्तियाँ होनी थीं, फ़ाइलों में {written} हैं और भंडार में {stored}।</translation>
    </message>
    <message>
        <source>{file} cannot be read as a picture: save it as JPEG or PNG.</source>
        <translation>{file} तस्वीर के रूप में पढ़ी नहीं जा सकती: उसे JPEG या PNG के रूप में सहेजें।</translation>
    </message>
    <message>
        <source>{file} cannot be written: copy the network to a folder of yours.</source>
        <translation>{file} लिखी नहीं जा सकती: न्यूरल नेटवर्क को अपने किसी फ़ोल्डर में कॉपी करें।</translation>
    </message>
    <message>
        <source>{file} is a file of this program, which holds your lessons: choose another name.</source>
        <translation>{file} इस प्रोग्राम की फ़ाइल है, जिसमें आपकी क्लासें हैं: दूसरा नाम चुनें।</translation>
    </message>
    <message>
        <source>{file} is damaged: its columns are file,x0,y0,x1,y1, in px.</source>
        <translation>{file} खराब है: उसके कॉलम file,x0,y0,x1,y1 हैं, px में।</translation>
    </message>
    <message>
        <source>{file} is no YuNet file that OpenCV reads: choose another in the settings, or leave it empty there.</source>
        <translation>{file} YuNet की ऐसी फ़ाइल नहीं है जिसे OpenCV पढ़ सके: सेटिंग में दूसरी चुनें या वह जगह खाली छोड़ें।</translation>
    </message>
    <message>
        <source>{minutes} min were missed: the computer or the program was asleep.</source>
        <translation>{minutes} मिनट छूट गए: कंप्यूटर या प्रोग्राम स्लीप में था।</translation>
    </message>
    <message>
        <source>{model} cannot be used as a network: choose a .tflite or .keras file.</source>
        <translation>{model} न्यूरल नेटवर्क के रूप में काम नहीं आ सकती: .tflite या .keras फ़ाइल चुनें।</translation>
    </message>
    <message>
        <source>{model} cannot read several crops at once: convert it with an open batch size.</source>
        <translation>{model} एक साथ कई क्रॉप नहीं पढ़ सकता: उसे खुले बैच आकार के साथ बदलें।</translation>
    </message>
    <message>
        <source>{model} does not have one input: use a network that takes one crop.</source>
        <translation>{model} में ठीक एक इनपुट नहीं है: ऐसा नेटवर्क लें जो एक क्रॉप लेता हो।</translation>
    </message>
    <message>
        <source>{model} does not output seven probabilities: end it in a softmax over seven classes.</source>
        <translation>{model} सात संभावनाएँ नहीं देता: उसे सात श्रेणियों के softmax पर समाप्त करें।</translation>
    </message>
    <message>
        <source>{model} does not take square crops of a fixed size: use a network that does.</source>
        <translation>{model} तय आकार के चौकोर क्रॉप नहीं लेता: ऐसा नेटवर्क लें जो लेता हो।</translation>
    </message>
    <message>
        <source>{model} does not take the crops that its sidecar describes: correct one of them.</source>
        <translation>{model} वैसे क्रॉप नहीं लेता जैसे उसके साथ की फ़ाइल बताती है: दोनों में से एक को ठीक करें।</translation>
    </message>
    <message>
        <source>{model} has no output named {wanted}, which its sidecar lists in `outputs`: correct it.</source>
        <translation>{model} में {wanted} नाम का आउटपुट नहीं है, जो उसके साथ की फ़ाइल `outputs` में बताती है: उसे ठीक करें।</translation>
    </message>
    <message>
        <source>{model} has no output named {wanted}: choose one of {heads}.</source>
        <translation>{model} में {wanted} नाम का आउटपुट नहीं है: {heads} में से एक चुनें।</translation>
    </message>
    <message>
        <source>{model} has no sidecar {name} beside it: choose the network in the settings, which ask for it.</source>
        <translation>{model} के पास उसके साथ की फ़ाइल {name} नहीं है: नेटवर्क को सेटिंग में चुनें, वहाँ वह पूछी जाती है।</translation>
    </message>
    <message>
        <source>{model} has the outputs {heads}: its sidecar must list in `outputs` the one to read first.</source>
        <translation>{model} के आउटपुट {heads} हैं: उसके साथ की फ़ाइल `outputs` में बताए कि पहले कौन-सा पढ़ा जाए।</translation>
    </message>
    <message>
        <source>{model} is not a Keras network that can be loaded here: choose another.</source>
        <translation>{model} ऐसा Keras नेटवर्क नहीं है जो यहाँ लोड हो सके: दूसरा चुनें।</translation>
    </message>
    <message>
        <source>{model} is not a TensorFlow Lite network with one input and named outputs: choose another.</source>
        <translation>{model} एक इनपुट और नाम वाले आउटपुट का TensorFlow Lite नेटवर्क नहीं है: दूसरा चुनें।</translation>
    </message>
    <message>
        <source>{model} is not a network that can be read: choose another.</source>
        <translation>{model} ऐसा नेटवर्क नहीं है जो पढ़ा जा सके: दूसरा चुनें।</translation>
    </message>
    <message>
        <source>{model} is too large to be loaded ({found}; at most {most}): choose a smaller network.</source>
        <translation>{model} लोड करने के लिए बहुत बड़ा है ({found}; ज़्यादा से ज़्यादा {most}): छोटा नेटवर्क चुनें।</translation>
    </message>
    <message>
        <source>{model} takes crops of {shape} channels, its sidecar says {channels}: correct it.</source>
        <translation>{model} {shape} चैनल के क्रॉप लेता है, उसके साथ की फ़ाइल {channels} बताती है: उसे ठीक करें।</translation>
    </message>
    <message>
        <source>{model} takes whole numbers from 0 to 255: its sidecar&apos;s value_range must say so.</source>
        <translation>{model} 0 से 255 तक की पूर्ण संख्याएँ लेता है: उसके साथ की फ़ाइल का value_range यही बताए।</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the disk is full: free some space, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>{parent} में {name} नहीं लिखी जा सकती, डिस्क भर गई है: कुछ जगह खाली करें या दूसरा फ़ोल्डर चुनें (सेटिंग में; कमांड लाइन पर --out से)।</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the disk is write-protected: choose another folder (in the settings; on the command line with --out).</source>
        <translation>{parent} में {name} नहीं लिखी जा सकती, डिस्क पर लिखने की रोक है: दूसरा फ़ोल्डर चुनें (सेटिंग में; कमांड लाइन पर --out से)।</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the disk reports an error: check its cable, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>{parent} में {name} नहीं लिखी जा सकती, डिस्क त्रुटि बता रही है: उसकी केबल देखें या दूसरा फ़ोल्डर चुनें (सेटिंग में; कमांड लाइन पर --out से)।</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, the network drive has lost it: connect it again, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>{parent} में {name} नहीं लिखी जा सकती, नेटवर्क ड्राइव पर वह खो गई: ड्राइव फिर से जोड़ें या दूसरा फ़ोल्डर चुनें (सेटिंग में; कमांड लाइन पर --out से)।</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}, your share of the disk is used up: delete some files, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>{parent} में {name} नहीं लिखी जा सकती, डिस्क में आपका हिस्सा भर गया है: कुछ फ़ाइलें मिटाएँ या दूसरा फ़ोल्डर चुनें (सेटिंग में; कमांड लाइन पर --out से)।</translation>
    </message>
    <message>
        <source>{name} cannot be written in {parent}: make it writable, or choose another folder (in the settings; on the command line with --out).</source>
        <translation>{parent} में {name} नहीं लिखी जा सकती: वहाँ लिखने की अनुमति दें या दूसरा फ़ोल्डर चुनें (सेटिंग में; कमांड लाइन पर --out से)।</translation>
    </message>
    <message>
        <source>{name} does not let you see this address: check user, password and address.</source>
        <translation>{name} आपको यह पता नहीं देखने देता: यूज़र, पासवर्ड और पता देखें।</translation>
    </message>
    <message>
        <source>{name} needs TensorFlow, which is not installed: pip install &apos;fer-desktop[train]&apos;.</source>
        <translation>{name} के लिए TensorFlow चाहिए, जो इंस्टॉल नहीं है, इसे चलाएँ: pip install &apos;fer-desktop[train]&apos;.</translation>
    </message>
    <message>
        <source>{name} sends no pictures: close other programs that use it, such as the call, then start again.</source>
        <translation>{name} से तस्वीरें नहीं आ रहीं: उसे इस्तेमाल करने वाले दूसरे प्रोग्राम, जैसे कॉल, बंद करें, फिर दोबारा शुरू करें।</translation>
    </message>
    <message>
        <source>{name} stopped sending pictures: check its cable, then start again.</source>
        <translation>{name} से तस्वीरें आना बंद हो गईं: उसकी केबल देखें, फिर दोबारा शुरू करें।</translation>
    </message>
    <message>
        <source>{name} wants a user and a password, or knows others: write them before the computer&apos;s name, as in rtsp://user:password@computer.</source>
        <translation>{name} को यूज़र और पासवर्ड चाहिए, या दूसरे चाहिए: उन्हें कंप्यूटर के नाम से पहले लिखें, जैसे rtsp://user:password@computer.</translation>
    </message>
    <message>
        <source>{name} was not found: connect it, or choose another camera.</source>
        <translation>{name} नहीं मिला: उसे जोड़ें या दूसरा कैमरा चुनें।</translation>
    </message>
    <message>
        <source>{path} already exists: choose another name or move it away.</source>
        <translation>{path} पहले से मौजूद है: दूसरा नाम चुनें या उसे कहीं और रखें।</translation>
    </message>
    <message>
        <source>{path} cannot be opened: check that you may read it.</source>
        <translation>{path} खोली नहीं जा सकती: देखें कि आपको उसे पढ़ने की अनुमति है या नहीं।</translation>
    </message>
    <message>
        <source>{path} cannot be written ({error}): free some space on that disk; what was written before is kept.</source>
        <translation>{path} लिखी नहीं जा सकती ({error}): उस डिस्क पर कुछ जगह खाली करें; जो पहले लिखा गया था, वह सुरक्षित है।</translation>
    </message>
    <message>
        <source>{path} cannot be written, it has reached the size that is allowed: free some space or have the limit raised; what was written before is kept.</source>
        <translation>{path} लिखी नहीं जा सकती, वह अनुमत आकार तक पहुँच गई है: कुछ जगह खाली करें या सीमा बढ़वाएँ; जो पहले लिखा गया था, वह सुरक्षित है।</translation>
    </message>
    <message>
        <source>{path} cannot be written, it is not permitted: allow this program to write in its folder; what was written before is kept.</source>
        <translation>{path} लिखी नहीं जा सकती, इसकी अनुमति नहीं है: इस प्रोग्राम को उसके फ़ोल्डर में लिखने दें; जो पहले लिखा गया था, वह सुरक्षित है।</translation>
    </message>
    <message>
        <source>{path} cannot be written, the disk is full: free some space on it; what was written before is kept.</source>
        <translation>{path} लिखी नहीं जा सकती, डिस्क भर गई है: उस पर कुछ जगह खाली करें; जो पहले लिखा गया था, वह सुरक्षित है।</translation>
    </message>
    <message>
        <source>{path} cannot be written, the disk is write-protected now: take the protection off, or connect it again.</source>
        <translation>{path} लिखी नहीं जा सकती, डिस्क पर अब लिखने की रोक है: रोक हटाएँ या उसे फिर से जोड़ें।</translation>
    </message>
    <message>
        <source>{path} cannot be written, the disk reports an error: check its cable, or the drive itself.</source>
        <translation>{path} लिखी नहीं जा सकती, डिस्क त्रुटि बता रही है: उसकी केबल या ड्राइव देखें।</translation>
    </message>
    <message>
        <source>{path} cannot be written, the network drive has lost it: connect the drive again.</source>
        <translation>{path} लिखी नहीं जा सकती, नेटवर्क ड्राइव पर वह खो गई: ड्राइव फिर से जोड़ें।</translation>
    </message>
    <message>
        <source>{path} cannot be written, your share of the disk is used up: delete or move files of yours; what was written before is kept.</source>
        <translation>{path} लिखी नहीं जा सकती, डिस्क में आपका हिस्सा भर गया है: अपनी कुछ फ़ाइलें मिटाएँ या कहीं और रखें; जो पहले लिखा गया था, वह सुरक्षित है।</translation>
    </message>
    <message>
        <source>{path} contains no recordings or pictures: choose another folder.</source>
        <translation>{path} में कोई रिकॉर्डिंग या तस्वीर नहीं है: दूसरा फ़ोल्डर चुनें।</translation>
    </message>
    <message>
        <source>{path} is a HEIC photo, which cannot be read here: save it as JPEG or PNG.</source>
        <translation>{path} HEIC फ़ोटो है, जो यहाँ पढ़ी नहीं जा सकती: उसे JPEG या PNG के रूप में सहेजें।</translation>
    </message>
    <message>
        <source>{path} is a database of another program: move it away.</source>
        <translation>{path} दूसरे प्रोग्राम का डेटाबेस है: उसे कहीं और रखें।</translation>
    </message>
    <message>
        <source>{path} is damaged or not a picture: save it again as JPEG or PNG.</source>
        <translation>{path} खराब है या तस्वीर नहीं है: उसे JPEG या PNG के रूप में फिर से सहेजें।</translation>
    </message>
    <message>
        <source>{path} is no file: choose a picture.</source>
        <translation>{path} फ़ाइल नहीं है: कोई तस्वीर चुनें।</translation>
    </message>
    <message>
        <source>{path} is too large: make it smaller, at most {side:,} px a side and {megapixels} megapixels.</source>
        <translation>{path} बहुत बड़ी है: उसे छोटा करें, हर तरफ़ ज़्यादा से ज़्यादा {side:,} px और {megapixels} मेगापिक्सेल।</translation>
    </message>
    <message>
        <source>{path} met a fault in the program: please report it; what else was given is read.</source>
        <translation>{path} से प्रोग्राम में गड़बड़ी हुई: कृपया इसकी सूचना दें; बाकी जो दिया गया था, वह पढ़ा जा रहा है।</translation>
    </message>
    <message>
        <source>{path} was not found: check where it is.</source>
        <translation>{path} नहीं मिली: देखें कि वह कहाँ है।</translation>
    </message>
    <message>
        <source>{path} was written by a newer version of this program: install that one again.</source>
        <translation>{path} इस प्रोग्राम के नए संस्करण ने लिखी है: वही संस्करण फिर से इंस्टॉल करें।</translation>
    </message>
    <message>
        <source>{problem} Change it in {file}, or delete the file.</source>
        <translation>{problem} उसे {file} में बदलें या फ़ाइल मिटा दें।</translation>
    </message>
    <message>
        <source>{problem} What happened is in the log file.</source>
        <translation>{problem} क्या हुआ, यह लॉग फ़ाइल में लिखा है।</translation>
    </message>
    <message>
        <source>{problem} What happened is in {file}</source>
        <translation>{problem} क्या हुआ, यह यहाँ लिखा है: {file}</translation>
    </message>
    <message>
        <source>{problem} Who was left out is counted again: leave them out once more.</source>
        <translation>{problem} जिन्हें छोड़ा गया था, वे फिर गिने जा रहे हैं: उन्हें दोबारा छोड़ें।</translation>
    </message>
    <message>
        <source>{refusal} If you alone are seen in these, add --recording-of-myself.</source>
        <translation>{refusal} यदि इनमें केवल आप दिखते हैं, तो --recording-of-myself जोड़ें।</translation>
    </message>
    <message>
        <source>{seconds} s were missed: the computer or the program was asleep.</source>
        <translation>{seconds} सेकंड छूट गए: कंप्यूटर या प्रोग्राम स्लीप में था।</translation>
    </message>
    <message>
        <source>{start} {what} were open at the start, and {end} at the end.</source>
        <translation>शुरू में {start} {what} खुले थे और अंत में {end}।</translation>
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
        <translation>यह संदेश बंद करें</translation>
    </message>
</context>
<context>
    <name>MiniStrip</name>
    <message>
        <source>Back to the window</source>
        <translation>विंडो पर लौटें</translation>
    </message>
    <message>
        <source>Expressions on faces are being read</source>
        <translation>चेहरों के भाव पढ़े जा रहे हैं</translation>
    </message>
    <message>
        <source>FER Desktop: mini strip</source>
        <translation>FER Desktop: छोटी पट्टी</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>निशान</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation>अभी तक कुछ नहीं पढ़ा गया</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>रोकें</translation>
    </message>
    <message>
        <source>Put the strip away</source>
        <translation>पट्टी हटाएँ</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>फिर शुरू करें</translation>
    </message>
    <message>
        <source>The class at a glance</source>
        <translation>एक नज़र में कक्षा</translation>
    </message>
    <message>
        <source>What others were told…</source>
        <translation>दूसरों को क्या बताया गया…</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>**Expressions.** Right on this many of 100 faces, by the label of the picture: {expressions}.</source>
        <translation>**भाव।** 100 में से इतने चेहरों पर सही, तस्वीर के लेबल के हिसाब से: {expressions}।</translation>
    </message>
    <message>
        <source>**Expressions.** Right on this many of 100 faces, by what people see in them: {expressions}.</source>
        <translation>**भाव।** 100 में से इतने चेहरों पर सही, लोगों को उनमें जो दिखता है, उसके हिसाब से: {expressions}।</translation>
    </message>
    <message>
        <source>**Poor pictures.** Right on this many of 100 faces, by what spoils them: {conditions}.</source>
        <translation>**खराब तस्वीरें।** 100 में से इतने चेहरों पर सही, तस्वीर की खराबी के हिसाब से: {conditions}।</translation>
    </message>
    <message>
        <source>**Small faces.** How often it is right on them was not measured for this file.</source>
        <translation>**छोटे चेहरे।** उन पर यह कितनी बार सही होता है, यह इस फ़ाइल के लिए नहीं नापा गया।</translation>
    </message>
    <message>
        <source>**Small faces.** Right on this many of 100 faces, by their height: {heights}.</source>
        <translation>**छोटे चेहरे।** 100 में से इतने चेहरों पर सही, ऊँचाई के हिसाब से: {heights}।</translation>
    </message>
    <message>
        <source>**Very small faces.** With your settings, faces under {height} px are not read.</source>
        <translation>**बहुत छोटे चेहरे।** आपकी सेटिंग में {height} px से छोटे चेहरे नहीं पढ़े जाते।</translation>
    </message>
    <message>
        <source>A network misreads faces that were rare in its training more often than others.</source>
        <translation>जो चेहरे सिखाते समय कम आए, उन्हें नेटवर्क ज़्यादा बार गलत पढ़ता है।</translation>
    </message>
    <message>
        <source>Decisions about anybody.</source>
        <translation>किसी के बारे में फ़ैसला करने के लिए।</translation>
    </message>
    <message>
        <source>Few seem to be old, and few have dark skin. Expect more mistakes on such faces.</source>
        <translation>बूढ़े चेहरे कम दिखते हैं, और गहरे रंग की त्वचा वाले भी। ऐसे चेहरों पर ज़्यादा गलतियाँ होंगी।</translation>
    </message>
    <message>
        <source>How often this network is right is not known</source>
        <translation>यह पता नहीं कि यह नेटवर्क कितनी बार सही होता है</translation>
    </message>
    <message>
        <source>Install the program again.</source>
        <translation>प्रोग्राम फिर से इंस्टॉल करें।</translation>
    </message>
    <message>
        <source>It has one output.</source>
        <translation>इसमें एक ही आउटपुट है।</translation>
    </message>
    <message>
        <source>It is NOT the file that was measured, which has the SHA-256 `{sha256}`.</source>
        <translation>यह वह फ़ाइल नहीं है जो नापी गई थी; उसका SHA-256 `{sha256}` है।</translation>
    </message>
    <message>
        <source>It is not known which file was measured.</source>
        <translation>यह पता नहीं कि कौन-सी फ़ाइल नापी गई थी।</translation>
    </message>
    <message>
        <source>It is not known which file was measured. The figures below may be those of another.</source>
        <translation>यह पता नहीं कि कौन-सी फ़ाइल नापी गई थी। नीचे के आँकड़े किसी और के हो सकते हैं।</translation>
    </message>
    <message>
        <source>It is the file that was measured.</source>
        <translation>यह वही फ़ाइल है जो नापी गई थी।</translation>
    </message>
    <message>
        <source>It looks at one face at a time and weighs seven expressions against each other. It says what a face shows to a stranger in one picture. It knows nothing of what anybody feels, thinks or understands.</source>
        <translation>यह एक बार में एक चेहरा देखता है और सात भावों को आपस में तौलता है। यह बताता है कि एक तस्वीर में चेहरा किसी अनजान व्यक्ति को क्या दिखाता है। कोई क्या महसूस करता, सोचता या समझता है, यह इसे बिल्कुल पता नहीं।</translation>
    </message>
    <message>
        <source>It was trained on FER-2013: small grey pictures of faces, collected from the web in 2013 for a research contest. Ten people then said what they saw in each (FER+).</source>
        <translation>इसे FER-2013 पर सिखाया गया: चेहरों की छोटी स्लेटी तस्वीरें, जो 2013 में एक शोध प्रतियोगिता के लिए वेब से जुटाई गई थीं। फिर दस लोगों ने बताया कि उन्हें हर तस्वीर में क्या दिखा (FER+)।</translation>
    </message>
    <message>
        <source>Its SHA-256 is `{sha256}`.</source>
        <translation>इसका SHA-256 `{sha256}` है।</translation>
    </message>
    <message>
        <source>Its file does not say. Whoever has FER-2013 in a folder DIR can measure it:</source>
        <translation>इसकी फ़ाइल में यह नहीं लिखा। जिसके पास DIR फ़ोल्डर में FER-2013 हो, वह इसे नाप सकता है:</translation>
    </message>
    <message>
        <source>Many of these faces are posed or acted. People in a call show less.</source>
        <translation>इनमें से कई चेहरे पोज़ या अभिनय के हैं। कॉल में लोगों के चेहरों पर भाव कम दिखते हैं।</translation>
    </message>
    <message>
        <source>Marking, ranking or watching individual people.</source>
        <translation>किसी व्यक्ति को अंक देने, क्रम में रखने या उस पर नज़र रखने के लिए।</translation>
    </message>
    <message>
        <source>Measure it again: the technical details say how.</source>
        <translation>इसे फिर से नापें: कैसे, यह तकनीकी जानकारी में लिखा है।</translation>
    </message>
    <message>
        <source>Measured on the faces set aside for it, each with the one label that came with its picture.</source>
        <translation>इसके लिए अलग रखे गए चेहरों पर नापा गया, हर एक पर वही एक लेबल जो तस्वीर के साथ आया था।</translation>
    </message>
    <message>
        <source>Measured on the faces set aside for it. Ten people looked at each; what most of them saw counts.</source>
        <translation>इसके लिए अलग रखे गए चेहरों पर नापा गया। हर चेहरे को दस लोगों ने देखा; ज़्यादातर को जो दिखा, वही गिना गया।</translation>
    </message>
    <message>
        <source>Measured on {faces} faces set aside for it, each with the one label that came with its picture.</source>
        <translation>इसके लिए अलग रखे गए {faces} चेहरों पर नापा गया, हर एक पर वही एक लेबल जो तस्वीर के साथ आया था।</translation>
    </message>
    <message>
        <source>Measured on {faces} faces set aside for it. Ten people looked at each; what most of them saw counts.</source>
        <translation>इसके लिए अलग रखे गए {faces} चेहरों पर नापा गया। हर चेहरे को दस लोगों ने देखा; ज़्यादातर को जो दिखा, वही गिना गया।</translation>
    </message>
    <message>
        <source>Of 100 faces, it agrees with the picture&apos;s label on {rate}</source>
        <translation>100 में से {rate} चेहरों पर यह तस्वीर के लेबल से मेल खाता है</translation>
    </message>
    <message>
        <source>Of 100 faces, people agree with it on {rate}</source>
        <translation>100 में से {rate} चेहरों पर लोग इससे सहमत हैं</translation>
    </message>
    <message>
        <source>Output in use: `{name}`</source>
        <translation>इस्तेमाल हो रहा आउटपुट: `{name}`</translation>
    </message>
    <message>
        <source>People disagree about faces too: the contest&apos;s own labels and those ten people name the same expression on only two faces in three.</source>
        <translation>चेहरों को लेकर लोग भी सहमत नहीं होते: प्रतियोगिता के अपने लेबल और वे दस लोग तीन में से केवल दो चेहरों पर एक ही भाव बताते हैं।</translation>
    </message>
    <message>
        <source>Teaching or work in the EU and EEA, where the law forbids it.</source>
        <translation>EU और EEA में पढ़ाई या काम में, जहाँ कानून इसे मना करता है।</translation>
    </message>
    <message>
        <source>The file in use</source>
        <translation>इस्तेमाल हो रही फ़ाइल</translation>
    </message>
    <message>
        <source>The percentages it gives are rough: on average they are off by {points}.</source>
        <translation>इसके दिए प्रतिशत मोटे अनुमान हैं: औसतन {points} का फ़र्क होता है।</translation>
    </message>
    <message>
        <source>The percentages it gives can be taken at their word: on average they are off by {points}.</source>
        <translation>इसके दिए प्रतिशत पर भरोसा किया जा सकता है: औसतन {points} का फ़र्क होता है।</translation>
    </message>
    <message>
        <source>The pictures carry no licence. They are meant for research.</source>
        <translation>तस्वीरों का कोई लाइसेंस नहीं है। वे शोध के लिए हैं।</translation>
    </message>
    <message>
        <source>They also helped to choose the network, so the figure may be a little too good.</source>
        <translation>नेटवर्क चुनने में भी इनकी मदद ली गई, इसलिए आँकड़ा थोड़ा बेहतर दिख सकता है।</translation>
    </message>
    <message>
        <source>This file is not the one that was measured. The figures below may not hold for it.</source>
        <translation>यह वह फ़ाइल नहीं है जो नापी गई थी। नीचे के आँकड़े इस पर शायद लागू न हों।</translation>
    </message>
    <message>
        <source>To measure it again, DIR being a folder with FER-2013:</source>
        <translation>इसे फिर से नापने के लिए, जब DIR में FER-2013 हो:</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>यह क्या करता है</translation>
    </message>
    <message>
        <source>What it must not be used for</source>
        <translation>इसका इस्तेमाल किसके लिए नहीं होना चाहिए</translation>
    </message>
    <message>
        <source>What it was trained on</source>
        <translation>इसे किस पर सिखाया गया</translation>
    </message>
    <message>
        <source>Where it is weaker</source>
        <translation>यह कहाँ कमज़ोर है</translation>
    </message>
    <message>
        <source>Where no expression reaches {share} %, the program says that it is not sure. Faces that are too small, dark, blurred or turned away are not read at all.</source>
        <translation>जहाँ कोई भाव {share} % तक नहीं पहुँचता, वहाँ प्रोग्राम कहता है कि पक्का नहीं है। जो चेहरे बहुत छोटे, अँधेरे, धुँधले या मुड़े हुए हैं, वे पढ़े ही नहीं जाते।</translation>
    </message>
    <message>
        <source>Which pictures it was trained on, and whom they show, is not known here. Ask whoever made it.</source>
        <translation>यहाँ यह पता नहीं कि इसे किन तस्वीरों पर सिखाया गया और उनमें कौन हैं। जिसने इसे बनाया, उससे पूछें।</translation>
    </message>
    <message>
        <source>almost dark</source>
        <translation>लगभग अँधेरे में</translation>
    </message>
    <message>
        <source>blocky</source>
        <translation>चौखानों वाली</translation>
    </message>
    <message>
        <source>in dim light</source>
        <translation>कम रोशनी में</translation>
    </message>
    <message>
        <source>slightly blurred</source>
        <translation>थोड़ी धुँधली</translation>
    </message>
    <message>
        <source>very blocky</source>
        <translation>बहुत चौखानों वाली</translation>
    </message>
    <message>
        <source>very blurred</source>
        <translation>बहुत धुँधली</translation>
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
        <translation>मॉडल के बारे में</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>बंद करें</translation>
    </message>
    <message>
        <source>Reading the card of the model</source>
        <translation>मॉडल की जानकारी पढ़ी जा रही है</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>तकनीकी जानकारी</translation>
    </message>
</context>
<context>
    <name>ModelFileField</name>
    <message>
        <source>0 and 1</source>
        <translation>0 और 1</translation>
    </message>
    <message>
        <source>0 and 255</source>
        <translation>0 और 255</translation>
    </message>
    <message>
        <source>Another order</source>
        <translation>दूसरा क्रम</translation>
    </message>
    <message>
        <source>Black and white are</source>
        <translation>काला और सफ़ेद हैं</translation>
    </message>
    <message>
        <source>By alphabet, as Keras sorts folders: {classes}</source>
        <translation>वर्णमाला के क्रम में, जैसे Keras फ़ोल्डर रखता है: {classes}</translation>
    </message>
    <message>
        <source>Colour (RGB)</source>
        <translation>रंगीन (RGB)</translation>
    </message>
    <message>
        <source>FER-2013&apos;s: {classes}</source>
        <translation>FER-2013 का: {classes}</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>स्लेटी</translation>
    </message>
    <message>
        <source>It sees faces in</source>
        <translation>चेहरे देखता है</translation>
    </message>
    <message>
        <source>Its classes, in order</source>
        <translation>श्रेणियाँ, क्रम से</translation>
    </message>
    <message>
        <source>Networks (*.tflite *.keras)</source>
        <translation>नेटवर्क (*.tflite *.keras)</translation>
    </message>
    <message>
        <source>Order of the classes</source>
        <translation>श्रेणियों का क्रम</translation>
    </message>
    <message>
        <source>Own network</source>
        <translation>अपना नेटवर्क</translation>
    </message>
    <message>
        <source>Please choose</source>
        <translation>कृपया चुनें</translation>
    </message>
    <message>
        <source>Reading the network</source>
        <translation>नेटवर्क पढ़ा जा रहा है</translation>
    </message>
    <message>
        <source>Say in which order the network gives the seven classes, each once.</source>
        <translation>बताएँ कि नेटवर्क सातों श्रेणियाँ किस क्रम में देता है, हर एक एक बार।</translation>
    </message>
    <message>
        <source>Say whether the network sees faces in grey or in colour.</source>
        <translation>बताएँ कि नेटवर्क चेहरे स्लेटी में देखता है या रंगीन।</translation>
    </message>
    <message>
        <source>Say which numbers the network takes for black and for white.</source>
        <translation>बताएँ कि नेटवर्क काले और सफ़ेद के लिए कौन-सी संख्याएँ लेता है।</translation>
    </message>
    <message>
        <source>This file does not say what its seven outputs mean. Please tell:</source>
        <translation>यह फ़ाइल नहीं बताती कि उसके सात आउटपुट का क्या मतलब है। कृपया बताएँ:</translation>
    </message>
    <message>
        <source>This network fits.</source>
        <translation>यह नेटवर्क ठीक है।</translation>
    </message>
    <message>
        <source>−1 and 1</source>
        <translation>−1 और 1</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>In this call I use a program on my computer that guesses, from faces, roughly how many of us look neutral, smile, or look sad, afraid or angry. It shows me counts of the whole class and whether they change. It is often wrong, and it does not know what anybody feels. It keeps counts only: no pictures, nothing about single people, and nothing leaves my computer. Nobody is graded, judged or disciplined by it. If you do not want to be read, write to me or switch your camera off: I leave you out, and you need not say why.</source>
        <translation>इस कॉल में मैं अपने कंप्यूटर पर एक प्रोग्राम का उपयोग कर रहा/रही हूँ जो चेहरों से अनुमान लगाता है कि हममें से लगभग कितने तटस्थ दिखते हैं, मुस्कुराते हैं, या उदास, डरे या गुस्से में दिखते हैं। यह मुझे पूरी कक्षा की गिनती दिखाता है और यह कि वह बदलती है या नहीं। यह अक्सर गलत होता है, और यह नहीं जानता कि कोई क्या महसूस करता है। यह केवल गिनती रखता है: कोई तस्वीर नहीं, किसी एक व्यक्ति के बारे में कुछ नहीं, और कुछ भी मेरे कंप्यूटर से बाहर नहीं जाता। इससे किसी को अंक, परख या सज़ा नहीं मिलती। यदि आप पढ़े जाना नहीं चाहते, तो मुझे लिखें या अपना कैमरा बंद कर दें: मैं आपको छोड़ दूँगा/दूँगी, और आपको कारण बताने की ज़रूरत नहीं।</translation>
    </message>
</context>
<context>
    <name>NoticeCard</name>
    <message>
        <source>Copied: paste it into the call&apos;s chat.</source>
        <translation>कॉपी हो गया: इसे कॉल की चैट में चिपकाएँ।</translation>
    </message>
    <message>
        <source>Copy the text</source>
        <translation>टेक्स्ट कॉपी करें</translation>
    </message>
</context>
<context>
    <name>NoticePopover</name>
    <message>
        <source>What others were told</source>
        <translation>दूसरों को क्या बताया गया</translation>
    </message>
</context>
<context>
    <name>OwnEnd</name>
    <message>
        <source>Nobody has been in sight for 15 minutes. The lesson ends in a minute.</source>
        <translation>15 मिनट से कोई दिखाई नहीं दिया। क्लास एक मिनट में समाप्त होगी।</translation>
    </message>
    <message>
        <source>The call’s window has been gone for 5 minutes. The lesson ends in a minute.</source>
        <translation>कॉल की विंडो 5 मिनट से नहीं दिख रही। क्लास एक मिनट में समाप्त होगी।</translation>
    </message>
</context>
<context>
    <name>OwnRecording</name>
    <message>
        <source>A recording of yourself</source>
        <translation>आपकी अपनी रिकॉर्डिंग</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>I alone am seen in it</source>
        <translation>इसमें केवल मैं दिखता/दिखती हूँ</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>खोलें</translation>
    </message>
    <message>
        <source>Recordings of others stay off with your answers. One in which you alone are seen can be opened: you say so here, each time.</source>
        <translation>आपके जवाबों के साथ दूसरों की रिकॉर्डिंग बंद रहती हैं। जिसमें केवल आप दिखते हैं वह खुल सकती है: यह आप हर बार यहाँ बताते हैं।</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Close</source>
        <translation>बंद करें</translation>
    </message>
</context>
<context>
    <name>ReadCard</name>
    <message>
        <source>Click your own tile then: it is left out, and counts nowhere</source>
        <translation>फिर अपनी टाइल पर क्लिक करें: वह छोड़ दी जाती है और कहीं नहीं गिनी जाती</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>छिपाएँ</translation>
    </message>
    <message>
        <source>Show or hide what is read (Ctrl+L)</source>
        <translation>जो पढ़ा जा रहा है, उसे दिखाएँ या छिपाएँ (Ctrl+L)</translation>
    </message>
    <message>
        <source>This is me…</source>
        <translation>यह मैं हूँ…</translation>
    </message>
    <message>
        <source>What is read</source>
        <translation>क्या पढ़ा जा रहा है</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>another face</source>
        <translation>दूसरा चेहरा</translation>
    </message>
    <message>
        <source>blurred</source>
        <translation>धुँधला</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>अटका हुआ</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>शेयर किया हुआ</translation>
    </message>
    <message>
        <source>still picture</source>
        <translation>स्थिर तस्वीर</translation>
    </message>
    <message>
        <source>tilted</source>
        <translation>झुका हुआ</translation>
    </message>
    <message>
        <source>too bright</source>
        <translation>बहुत चमकीला</translation>
    </message>
    <message>
        <source>too dark</source>
        <translation>बहुत अँधेरा</translation>
    </message>
    <message>
        <source>too small</source>
        <translation>बहुत छोटा</translation>
    </message>
    <message>
        <source>turned away</source>
        <translation>मुड़ा हुआ</translation>
    </message>
    <message>
        <source>unclear</source>
        <translation>साफ़ नहीं</translation>
    </message>
</context>
<context>
    <name>RecordingTurn</name>
    <message>
        <source>FER Desktop (not recording)</source>
        <translation>FER Desktop (कुछ सहेजा नहीं जा रहा)</translation>
    </message>
</context>
<context>
    <name>RegionBar</name>
    <message>
        <source>A region is at least {least} × {least} px.</source>
        <translation>हिस्सा कम से कम {least} × {least} px का होता है।</translation>
    </message>
    <message>
        <source>An arrow key starts in the middle, Esc cancels.</source>
        <translation>कोई तीर दबाकर बीच से शुरू करें, Esc से रद्द करें।</translation>
    </message>
    <message>
        <source>Arrows move it, {key}+arrows resize it, Enter uses it.</source>
        <translation>तीर उसे खिसकाते हैं, {key}+तीर आकार बदलते हैं, Enter उसे इस्तेमाल करता है।</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Ctrl</translation>
    </message>
    <message>
        <source>Drag a rectangle around the faces.</source>
        <translation>चेहरों के चारों ओर आयत खींचें।</translation>
    </message>
    <message>
        <source>Drag its edges to adjust it.</source>
        <translation>ठीक करने के लिए किनारे खींचें।</translation>
    </message>
    <message>
        <source>Drag its edges to enlarge it, Esc cancels.</source>
        <translation>बड़ा करने के लिए किनारे खींचें, Esc से रद्द करें।</translation>
    </message>
    <message>
        <source>Option</source>
        <translation>Option</translation>
    </message>
    <message>
        <source>Use this region</source>
        <translation>यह हिस्सा लें</translation>
    </message>
</context>
<context>
    <name>RegionOverlay</name>
    <message>
        <source>The screen cannot be shown because of a fault in the program; choose another source.</source>
        <translation>प्रोग्राम की एक गड़बड़ी के कारण स्क्रीन दिखाई नहीं जा सकती; दूसरा स्रोत चुनें।</translation>
    </message>
</context>
<context>
    <name>RegionWindow</name>
    <message>
        <source>Choose a screen region</source>
        <translation>स्क्रीन का हिस्सा चुनें</translation>
    </message>
    <message>
        <source>Screen region</source>
        <translation>स्क्रीन का हिस्सा</translation>
    </message>
    <message>
        <source>{width} by {height} pixels, {left} from the left, {top} from the top</source>
        <translation>{width} गुणा {height} पिक्सेल, बाएँ से {left}, ऊपर से {top}</translation>
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
            <numerusform>अगली क्लास या प्रोग्राम शुरू होने पर %n क्लास अपनी CSV फ़ाइल के साथ मिटा दी जाएगी।</numerusform>
            <numerusform>अगली क्लास या प्रोग्राम शुरू होने पर %n क्लासें अपनी CSV फ़ाइलों के साथ मिटा दी जाएँगी।</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lessons will be erased within the next 7 days, with their CSV files, the first {day}.</source>
        <translation>
            <numerusform>अगले 7 दिनों में %n क्लास अपनी CSV फ़ाइल के साथ मिटा दी जाएगी: {day}।</numerusform>
            <numerusform>अगले 7 दिनों में %n क्लासें अपनी CSV फ़ाइलों के साथ मिटा दी जाएँगी, पहली: {day}।</numerusform>
        </translation>
    </message>
    <message>
        <source>1 lesson will be erased with its CSV file when the next one begins or the program starts.</source>
        <translation>अगली क्लास या प्रोग्राम शुरू होने पर 1 क्लास अपनी CSV फ़ाइल के साथ मिटा दी जाएगी।</translation>
    </message>
    <message>
        <source>1 lesson will be erased within the next 7 days, with its CSV file: {day}.</source>
        <translation>अगले 7 दिनों में 1 क्लास अपनी CSV फ़ाइल के साथ मिटा दी जाएगी: {day}।</translation>
    </message>
    <message>
        <source>Each will be erased then, with its CSV file.</source>
        <translation>तब हर क्लास अपनी CSV फ़ाइल के साथ मिटा दी जाएगी।</translation>
    </message>
    <message>
        <source>No lesson will be erased by itself.</source>
        <translation>कोई क्लास अपने आप नहीं मिटाई जाएगी।</translation>
    </message>
    <message>
        <source>The oldest lesson will be erased on {day}, with its CSV file.</source>
        <translation>सबसे पुरानी क्लास अपनी CSV फ़ाइल के साथ मिटा दी जाएगी: {day}।</translation>
    </message>
</context>
<context>
    <name>SavedDialog</name>
    <message>
        <source>&amp;Erase</source>
        <translation>मिटाएँ (&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Erase its text</source>
        <translation>लिखी बात मिटाएँ (&amp;E)</translation>
    </message>
    <message>
        <source>A lesson is being recorded: stop it first.</source>
        <translation>एक क्लास चल रही है: पहले उसे समाप्त करें।</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>बंद करें</translation>
    </message>
    <message>
        <source>Erase all lessons?</source>
        <translation>सभी क्लासें मिटाएँ?</translation>
    </message>
    <message>
        <source>Erase everything</source>
        <translation>सब मिटाएँ</translation>
    </message>
    <message>
        <source>Erase everything…</source>
        <translation>सब मिटाएँ…</translation>
    </message>
    <message>
        <source>Figures of the class, second by second, and what your markers say. No picture.</source>
        <translation>हर सेकंड के कक्षा के आँकड़े, और आपके निशानों में लिखी बातें। कोई तस्वीर नहीं।</translation>
    </message>
    <message>
        <source>No lesson is saved.</source>
        <translation>कोई क्लास सहेजी हुई नहीं है।</translation>
    </message>
    <message>
        <source>Save as &amp;CSV…</source>
        <translation>CSV के रूप में सहेजें (&amp;C)…</translation>
    </message>
    <message>
        <source>Saved lessons</source>
        <translation>सहेजी गई क्लासें</translation>
    </message>
    <message>
        <source>Saved to {path}</source>
        <translation>यहाँ सहेजा गया: {path}</translation>
    </message>
    <message>
        <source>This lesson is being recorded: stop it first.</source>
        <translation>यह क्लास चल रही है: पहले इसे समाप्त करें।</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>पूर्ववत करें</translation>
    </message>
    <message>
        <source>With their CSV files, as far as these are where they were written, and all backups. You can undo it for {seconds} seconds.</source>
        <translation>उनकी CSV फ़ाइलों के साथ, अगर वे वहीं हैं जहाँ लिखी गई थीं, और सभी बैकअप। आप {seconds} सेकंड तक इसे पूर्ववत कर सकते हैं।</translation>
    </message>
</context>
<context>
    <name>SavedFlow</name>
    <message numerus="yes">
        <source>%n lessons were erased: they were kept for {days} days.</source>
        <translation>
            <numerusform>%n क्लास मिटा दी गई: वह {days} दिन रखी गई थी।</numerusform>
            <numerusform>%n क्लासें मिटा दी गईं: वे {days} दिन रखी गई थीं।</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lessons were erased: they were kept until the next start.</source>
        <translation>
            <numerusform>%n क्लास मिटा दी गई: वह अगली शुरुआत तक रखी गई थी।</numerusform>
            <numerusform>%n क्लासें मिटा दी गईं: वे अगली शुरुआत तक रखी गई थीं।</numerusform>
        </translation>
    </message>
    <message>
        <source>1 lesson was erased: it was kept for {days} days.</source>
        <translation>1 क्लास मिटा दी गई: वह {days} दिन रखी गई थी।</translation>
    </message>
    <message>
        <source>1 lesson was erased: it was kept until the next start.</source>
        <translation>1 क्लास मिटा दी गई: वह अगली शुरुआत तक रखी गई थी।</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV फ़ाइलें (*.csv)</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>मिटाएँ</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>रखें</translation>
    </message>
    <message>
        <source>Save as CSV</source>
        <translation>CSV के रूप में सहेजें</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>CSV के रूप में सहेजें…</translation>
    </message>
    <message>
        <source>Saved to {path}</source>
        <translation>यहाँ सहेजा गया: {path}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>पूर्ववत करें</translation>
    </message>
    <message>
        <source>{offer} One of {count}.</source>
        <translation>{offer} {count} में से एक।</translation>
    </message>
</context>
<context>
    <name>SavedList</name>
    <message>
        <source>Kept until</source>
        <translation>कब तक रहेगी</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>अवधि</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>क्लास</translation>
    </message>
    <message>
        <source>Saved lessons</source>
        <translation>सहेजी गई क्लासें</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>शुरुआत</translation>
    </message>
    <message>
        <source>State</source>
        <translation>स्थिति</translation>
    </message>
    <message>
        <source>after {length}</source>
        <translation>{length} बाद</translation>
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
        <translation>आपकी सहेजी हुई एक प्रति बची है: {file}</translation>
    </message>
    <message>
        <source>All lessons are erased.</source>
        <translation>सभी क्लासें मिटा दी गईं।</translation>
    </message>
    <message>
        <source>Kept with your lessons until {day}.</source>
        <translation>आपकी क्लासों के साथ {day} तक रखी जाएगी।</translation>
    </message>
    <message>
        <source>No figures of this lesson are left here. Its CSV file is {file}</source>
        <translation>यहाँ इस क्लास के कोई आँकड़े नहीं बचे। उसकी CSV फ़ाइल {file} है</translation>
    </message>
    <message>
        <source>No figures of this lesson are left.</source>
        <translation>इस क्लास के कोई आँकड़े नहीं बचे।</translation>
    </message>
    <message>
        <source>The lesson of {day} was erased. Its CSV file was moved or changed: erase it yourself if you want to: {file}</source>
        <comment>day is a date, or a word such as today</comment>
        <translation>एक क्लास ({day}) मिटा दी गई। उसकी CSV फ़ाइल हटाई या बदली गई थी: चाहें तो उसे खुद मिटाएँ: {file}</translation>
    </message>
    <message>
        <source>The marker&apos;s text is still in {file}</source>
        <translation>निशान में लिखी बात अब भी यहाँ है: {file}</translation>
    </message>
    <message>
        <source>What the marker says is erased.</source>
        <translation>निशान में लिखी बात मिटा दी गई।</translation>
    </message>
    <message>
        <source>ended unexpectedly</source>
        <translation>अचानक समाप्त हुई</translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>हमेशा</translation>
    </message>
    <message>
        <source>no figures</source>
        <translation>कोई आँकड़ा नहीं</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>चल रही है</translation>
    </message>
    <message>
        <source>the next lesson or start</source>
        <translation>अगली क्लास या शुरुआत</translation>
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
        <translation>“{name}” अचानक समाप्त हुई ({day}, {time})।
शुरू के {length} सहेज लिए गए, एक सेकंड पहले तक।</translation>
    </message>
    <message>
        <source>“{name}” ended unexpectedly.</source>
        <translation>“{name}” अचानक समाप्त हुई।</translation>
    </message>
    <message>
        <source>“{name}” is erased.</source>
        <translation>“{name}” मिटा दी गई।</translation>
    </message>
</context>
<context>
    <name>SeatSelection</name>
    <message>
        <source>Bring back</source>
        <translation>वापस लें</translation>
    </message>
    <message>
        <source>Bring everybody back</source>
        <translation>सबको वापस लें</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>छोड़ें</translation>
    </message>
    <message>
        <source>This is me</source>
        <translation>यह मैं हूँ</translation>
    </message>
    <message>
        <source>camera off</source>
        <translation>कैमरा बंद</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>छोड़ा गया</translation>
    </message>
    <message>
        <source>you</source>
        <comment>the user&apos;s own tile</comment>
        <translation>आप</translation>
    </message>
    <message>
        <source>{target}; Space brings it back</source>
        <translation>{target}; स्पेस से वापस लें</translation>
    </message>
    <message>
        <source>{target}; Space leaves it out</source>
        <translation>{target}; स्पेस से छोड़ें</translation>
    </message>
    <message>
        <source>{target}; Space says that this is you</source>
        <translation>{target}; स्पेस बताता है कि यह आप हैं</translation>
    </message>
</context>
<context>
    <name>SecondWindow</name>
    <message>
        <source>&amp;Go on without recording</source>
        <translation>बिना सहेजे जारी रखें (&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Show the other window</source>
        <translation>दूसरी विंडो दिखाएँ (&amp;S)</translation>
    </message>
    <message>
        <source>FER Desktop is open already</source>
        <translation>FER Desktop पहले से खुला है</translation>
    </message>
    <message>
        <source>One window at a time records. You can look at a class in a second one, but nothing of it is kept as long as the first is open.</source>
        <translation>एक समय में एक ही विंडो आँकड़े सहेजती है। दूसरी में आप कक्षा देख सकते हैं, पर जब तक पहली खुली है, उसका कुछ नहीं रखा जाता।</translation>
    </message>
    <message>
        <source>The other window does not answer. It may be busy: try once more, or go on without recording.</source>
        <translation>दूसरी विंडो जवाब नहीं दे रही। शायद वह व्यस्त है: एक बार फिर कोशिश करें या बिना सहेजे जारी रखें।</translation>
    </message>
</context>
<context>
    <name>SessionMessages</name>
    <message>
        <source>Copy the path</source>
        <translation>पता कॉपी करें</translation>
    </message>
    <message>
        <source>End now</source>
        <translation>अभी समाप्त करें</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>जारी रखें</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>उन्हें छोड़ दें</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>नया सत्र</translation>
    </message>
    <message>
        <source>No program here can show a folder. The file is {path}</source>
        <translation>यहाँ कोई प्रोग्राम फ़ोल्डर नहीं दिखा सकता। फ़ाइल यह है: {path}</translation>
    </message>
    <message>
        <source>Nothing is recorded in this window: the other one does that.</source>
        <translation>इस विंडो में कुछ नहीं सहेजा जा रहा: यह काम दूसरी विंडो कर रही है।</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>फ़ोल्डर खोलें</translation>
    </message>
    <message>
        <source>Saved lessons…</source>
        <translation>सहेजी गई क्लासें…</translation>
    </message>
    <message>
        <source>Saved to {path}</source>
        <translation>यहाँ सहेजा गया: {path}</translation>
    </message>
    <message>
        <source>The session is over. Nothing of it was recorded.</source>
        <translation>सत्र समाप्त हुआ। उसका कुछ नहीं सहेजा गया।</translation>
    </message>
    <message>
        <source>The session is saved with your lessons.</source>
        <translation>सत्र आपकी क्लासों के साथ सहेज लिया गया है।</translation>
    </message>
    <message>
        <source>This session is not recorded. The next one is.</source>
        <translation>यह सत्र नहीं सहेजा जा रहा। अगला सहेजा जाएगा।</translation>
    </message>
    <message>
        <source>This window covers a part of what is read, and that part is left out: move it aside.</source>
        <translation>यह विंडो पढ़े जाने वाले हिस्से का एक भाग ढकती है, और वह भाग छूट जाता है: इसे हटाएँ।</translation>
    </message>
    <message numerus="yes">
        <source>{problem} %n seconds wait to be saved.</source>
        <translation>
            <numerusform>{problem} %n सेकंड सहेजे जाने के इंतज़ार में है।</numerusform>
            <numerusform>{problem} %n सेकंड सहेजे जाने के इंतज़ार में हैं।</numerusform>
        </translation>
    </message>
    <message>
        <source>{problem} 1 second waits to be saved.</source>
        <translation>{problem} 1 सेकंड सहेजे जाने के इंतज़ार में है।</translation>
    </message>
    <message>
        <source>{problem} The session goes on, and what is not saved waits in memory.</source>
        <translation>{problem} सत्र जारी है, और जो सहेजा नहीं गया, वह मेमोरी में इंतज़ार कर रहा है।</translation>
    </message>
    <message>
        <source>{reason} What came before is saved to {path}</source>
        <translation>{reason} पहले का हिस्सा यहाँ सहेजा गया: {path}</translation>
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
        <translation>मॉडल लोड हो रहा है</translation>
    </message>
    <message>
        <source>Nothing is read until you resume.</source>
        <translation>जब तक आप फिर शुरू नहीं करते, कुछ नहीं पढ़ा जाता।</translation>
    </message>
    <message>
        <source>Opening the source</source>
        <translation>स्रोत खोला जा रहा है</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>रुका हुआ</translation>
    </message>
    <message>
        <source>Reading the first picture</source>
        <translation>पहली तस्वीर पढ़ी जा रही है</translation>
    </message>
    <message>
        <source>Saving the session</source>
        <translation>सत्र सहेजा जा रहा है</translation>
    </message>
    <message>
        <source>Session ended</source>
        <translation>सत्र समाप्त हुआ</translation>
    </message>
    <message>
        <source>Share of the class</source>
        <translation>कक्षा में हिस्सा</translation>
    </message>
    <message>
        <source>Share of the faces</source>
        <translation>चेहरों में हिस्सा</translation>
    </message>
    <message>
        <source>Source lost, trying again</source>
        <translation>स्रोत खो गया, फिर कोशिश हो रही है</translation>
    </message>
    <message>
        <source>The detector and the network are read once a session.</source>
        <translation>डिटेक्टर और न्यूरल नेटवर्क हर सत्र में एक बार लोड होते हैं।</translation>
    </message>
    <message>
        <source>The pictures are gone, the figures are kept.</source>
        <translation>तस्वीरें हट गईं, आँकड़े रखे गए हैं।</translation>
    </message>
    <message>
        <source>Waiting for the first picture</source>
        <translation>पहली तस्वीर का इंतज़ार</translation>
    </message>
    <message>
        <source>Waiting: another window covers the call</source>
        <translation>इंतज़ार: दूसरी विंडो कॉल को ढकती है</translation>
    </message>
    <message>
        <source>Waiting: the call&apos;s window is not shown</source>
        <translation>इंतज़ार: कॉल की विंडो नहीं दिख रही</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>A session is running: recognition, faces and speed change with the next one.</source>
        <translation>एक सत्र चल रहा है: पहचान, चेहरे और गति अगले सत्र से बदलेंगे।</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>मूल सेटिंग लाएँ</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>सहेजें</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>सेटिंग</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>अगली बार शुरू होने पर लागू होगा।</translation>
    </message>
    <message>
        <source>This network cannot be used: choose another, or empty the field for the built-in one.</source>
        <translation>यह न्यूरल नेटवर्क इस्तेमाल नहीं हो सकता: दूसरा चुनें, या प्रोग्राम वाले के लिए वह जगह खाली करें।</translation>
    </message>
    <message>
        <source>{label}: choose a {suffix} file of {kind}, or empty the field.</source>
        <translation>{label}: {kind} की {suffix} फ़ाइल चुनें या वह जगह खाली करें।</translation>
    </message>
</context>
<context>
    <name>SettingsQuestion</name>
    <message>
        <source>Close</source>
        <translation>बंद करें</translation>
    </message>
    <message>
        <source>Or start with the defaults; the file is then renamed to {name}.</source>
        <translation>या मूल सेटिंग से शुरू करें; तब फ़ाइल का नाम {name} हो जाएगा।</translation>
    </message>
    <message>
        <source>Start with the defaults</source>
        <translation>मूल सेटिंग से शुरू करें</translation>
    </message>
</context>
<context>
    <name>ShareRows</name>
    <message>
        <source>{name}: {number} of 100</source>
        <translation>{name}: 100 में से {number}</translation>
    </message>
</context>
<context>
    <name>Source</name>
    <message>
        <source>Camera {number}</source>
        <translation>कैमरा {number}</translation>
    </message>
    <message>
        <source>Demo class</source>
        <translation>डेमो कक्षा</translation>
    </message>
    <message>
        <source>Part of the screen · {width} × {height} px</source>
        <translation>स्क्रीन का हिस्सा · {width} × {height} px</translation>
    </message>
    <message>
        <source>the stream</source>
        <translation>स्ट्रीम</translation>
    </message>
</context>
<context>
    <name>SourceFlow</name>
    <message>
        <source>All files (*)</source>
        <translation>सभी फ़ाइलें (*)</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>तस्वीरों का फ़ोल्डर</translation>
    </message>
    <message>
        <source>Recording or pictures</source>
        <translation>रिकॉर्डिंग या तस्वीरें</translation>
    </message>
    <message>
        <source>Recordings and pictures ({patterns})</source>
        <translation>रिकॉर्डिंग और तस्वीरें ({patterns})</translation>
    </message>
</context>
<context>
    <name>Squares</name>
    <message>
        <source>Faces now</source>
        <translation>चेहरे अभी</translation>
    </message>
    <message>
        <source>Not of this moment: {faces}</source>
        <translation>इस पल का नहीं: {faces}</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>A class of generated faces</source>
        <translation>बनाए गए चेहरों की कक्षा</translation>
    </message>
    <message>
        <source>An HTTP or RTSP address</source>
        <translation>HTTP या RTSP पता</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>कैमरा</translation>
    </message>
    <message>
        <source>Choose a file, or drop one here</source>
        <translation>फ़ाइल चुनें या यहाँ छोड़ें</translation>
    </message>
    <message>
        <source>Choose the call&apos;s window</source>
        <translation>कॉल की विंडो चुनें</translation>
    </message>
    <message>
        <source>Draw around the faces of a call</source>
        <translation>कॉल के चेहरों को घेरें</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>पिछली बार का</translation>
    </message>
    <message>
        <source>Looking for cameras</source>
        <translation>कैमरे खोजे जा रहे हैं</translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation>कोई कैमरा नहीं मिला</translation>
    </message>
    <message>
        <source>Only figures of the class are kept. No picture is saved, and nothing leaves this computer.</source>
        <translation>केवल कक्षा के आँकड़े रखे जाते हैं। कोई तस्वीर नहीं सहेजी जाती, और इस कंप्यूटर से बाहर कुछ नहीं जाता।</translation>
    </message>
    <message>
        <source>Part of the screen</source>
        <translation>स्क्रीन का हिस्सा</translation>
    </message>
    <message>
        <source>Plug one in, then press here</source>
        <translation>कैमरा जोड़ें, फिर यहाँ दबाएँ</translation>
    </message>
    <message>
        <source>Recording or pictures</source>
        <translation>रिकॉर्डिंग या तस्वीरें</translation>
    </message>
    <message>
        <source>Same part of the screen</source>
        <translation>स्क्रीन का वही हिस्सा</translation>
    </message>
    <message>
        <source>Still none. Plug one in, then press here</source>
        <translation>अब भी नहीं। जोड़ें, फिर यहाँ दबाएँ</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>स्ट्रीम</translation>
    </message>
    <message>
        <source>What do you want to look at?</source>
        <translation>आप क्या देखना चाहते हैं?</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>विंडो</translation>
    </message>
    <message>
        <source>Your lessons</source>
        <translation>आपकी क्लासें</translation>
    </message>
    <message>
        <source>{width} × {height} px, as last time</source>
        <translation>{width} × {height} px, पिछली बार जैसा</translation>
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
            <numerusform>%n छूटा</numerusform>
            <numerusform>%n छूटे</numerusform>
        </translation>
    </message>
    <message>
        <source>CPU {percent} %</source>
        <translation>CPU {percent} %</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>शुरू हो रहा है</translation>
    </message>
    <message>
        <source>fps in: frames from the source. Updates: frames that were read; held back where more of them would take more of the processor than the settings leave to this program beside the call. Dropped: updates that came too late because the one before was still being read. Then the time from a frame to its reading, and this program&apos;s share of the processor.</source>
        <translation>तस्वीरें/सेकंड: स्रोत से आई तस्वीरें। अपडेट: जो तस्वीरें पढ़ी गईं; वे तब घटाई जाती हैं जब ज़्यादा अपडेट प्रोसेसर का उससे बड़ा हिस्सा लेते जितना सेटिंग में कॉल के साथ इस प्रोग्राम को मिला है। छूटे: जो अपडेट देर से आए, क्योंकि पिछला अभी पढ़ा जा रहा था। फिर तस्वीर आने से पढ़े जाने तक का समय, और प्रोसेसर में इस प्रोग्राम का हिस्सा।</translation>
    </message>
    <message>
        <source>{hz} fps in</source>
        <translation>{hz} तस्वीरें/सेकंड</translation>
    </message>
    <message>
        <source>{hz} updates/s</source>
        <translation>{hz} अपडेट/सेकंड</translation>
    </message>
    <message>
        <source>{hz} updates/s, held back</source>
        <translation>{hz} अपडेट/सेकंड, घटाए हुए</translation>
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
        <translation>{count} में से {step}</translation>
    </message>
</context>
<context>
    <name>StreamDialog</name>
    <message>
        <source>Address of the stream</source>
        <translation>स्ट्रीम का पता</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>It begins with http://, https:// or rtsp://</source>
        <translation>यह http://, https:// या rtsp:// से शुरू होता है</translation>
    </message>
    <message>
        <source>Open stream</source>
        <translation>स्ट्रीम खोलें</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>स्ट्रीम</translation>
    </message>
</context>
<context>
    <name>TellingPage</name>
    <message>
        <source>Before you begin, put this into the call&apos;s chat, and say it too. Whoever does not want to be read is left out, no reason asked.</source>
        <translation>शुरू करने से पहले इसे कॉल की चैट में डालें, और बोलकर भी बताएँ। जो पढ़ा जाना नहीं चाहता उसे छोड़ दिया जाता है, कारण पूछे बिना।</translation>
    </message>
    <message>
        <source>Telling the class</source>
        <translation>कक्षा को बताना</translation>
    </message>
    <message>
        <source>The demo class</source>
        <translation>डेमो कक्षा</translation>
    </message>
    <message>
        <source>Twenty-five generated faces, none of them a real person. Try the program on them at any time.</source>
        <translation>पच्चीस बनाए गए चेहरे, कोई भी असली व्यक्ति नहीं। इन पर प्रोग्राम कभी भी आज़माएँ।</translation>
    </message>
    <message>
        <source>With your answers no class is read, so there is nobody to tell. You can look at the demo class.</source>
        <translation>आपके जवाबों के साथ कोई कक्षा नहीं पढ़ी जाती, इसलिए किसी को बताना नहीं है। आप डेमो कक्षा देख सकते हैं।</translation>
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
        <translation>आज</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>कल</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>कल</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} घंटे {minutes} मिनट</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} मिनट</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} सेकंड</translation>
    </message>
</context>
<context>
    <name>ToldTick</name>
    <message>
        <source>The class has been told</source>
        <translation>कक्षा को बता दिया गया है</translation>
    </message>
    <message>
        <source>What others were told</source>
        <translation>दूसरों को क्या बताया गया</translation>
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
        <translation>निशान</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>रोकें</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>फिर शुरू करें</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>विंडो दिखाएँ</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>समाप्त करें</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>रुका हुआ</translation>
    </message>
</context>
<context>
    <name>TrendView</name>
    <message numerus="yes">
        <source>%n faces are read; their figures are withheld.</source>
        <translation>
            <numerusform>%n चेहरा पढ़ा जा रहा है; उसके आँकड़े नहीं दिखाए जाते।</numerusform>
            <numerusform>%n चेहरे पढ़े जा रहे हैं; उनके आँकड़े नहीं दिखाए जाते।</numerusform>
        </translation>
    </message>
    <message>
        <source>1 face is read; its figures are withheld.</source>
        <translation>1 चेहरा पढ़ा जा रहा है; उसके आँकड़े नहीं दिखाए जाते।</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1 मिनट</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 मिनट</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 मिनट</translation>
    </message>
    <message>
        <source>All</source>
        <translation>पूरा</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>अभी पर लौटें</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>दोनों</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>रेखाएँ</translation>
    </message>
    <message>
        <source>From {least} faces on they are of a class.</source>
        <translation>{least} चेहरों से वे कक्षा के होते हैं।</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>हिस्सा</translation>
    </message>
    <message>
        <source>Share of the class</source>
        <translation>कक्षा में हिस्सा</translation>
    </message>
    <message>
        <source>Share of the class over time</source>
        <translation>समय के साथ कक्षा में हिस्सा</translation>
    </message>
    <message>
        <source>Show both</source>
        <translation>दोनों दिखाएँ</translation>
    </message>
    <message>
        <source>Show curves</source>
        <translation>रेखाएँ दिखाएँ</translation>
    </message>
    <message>
        <source>Show share</source>
        <translation>हिस्सा दिखाएँ</translation>
    </message>
    <message>
        <source>Show the last 1 min</source>
        <translation>पिछला 1 मिनट दिखाएँ</translation>
    </message>
    <message>
        <source>Show the last 15 min</source>
        <translation>पिछले 15 मिनट दिखाएँ</translation>
    </message>
    <message>
        <source>Show the last 5 min</source>
        <translation>पिछले 5 मिनट दिखाएँ</translation>
    </message>
    <message>
        <source>Show the whole session</source>
        <translation>पूरा सत्र दिखाएँ</translation>
    </message>
    <message>
        <source>The class over time appears here as soon as a face is read.</source>
        <translation>जैसे ही कोई चेहरा पढ़ा जाएगा, यहाँ दिखेगा कि कक्षा समय के साथ कैसे बदली।</translation>
    </message>
    <message>
        <source>Trend of the class</source>
        <translation>कक्षा में बदलाव</translation>
    </message>
</context>
<context>
    <name>WindowDialog</name>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>It is followed when it moves. What lies over it is not read: the session waits and says so.</source>
        <translation>विंडो खिसकने पर भी पढ़ी जाती है। जो हिस्सा ढक जाए, वह नहीं पढ़ा जाता: सत्र रुकता है और बताता है।</translation>
    </message>
    <message>
        <source>No window looks like a call. Start the call and press Refresh, or choose the one that shows it.</source>
        <translation>कोई विंडो कॉल जैसी नहीं लगती। कॉल शुरू करके “ताज़ा करें” दबाएँ, या वह विंडो चुनें जिसमें कॉल है।</translation>
    </message>
    <message>
        <source>No window of another program is open</source>
        <translation>किसी और प्रोग्राम की कोई विंडो खुली नहीं है</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>ताज़ा करें</translation>
    </message>
    <message>
        <source>Search again (F5)</source>
        <translation>फिर से खोजें (F5)</translation>
    </message>
    <message>
        <source>Start the call, then press Refresh.</source>
        <translation>कॉल शुरू करें, फिर “ताज़ा करें” दबाएँ।</translation>
    </message>
    <message>
        <source>The windows cannot be listed</source>
        <translation>विंडो की सूची नहीं दिखाई जा सकती</translation>
    </message>
    <message>
        <source>Use this window</source>
        <translation>यह विंडो लें</translation>
    </message>
    <message>
        <source>Which window shows the call?</source>
        <translation>कॉल किस विंडो में है?</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>विंडो</translation>
    </message>
</context>
<context>
    <name>WindowPreview</name>
    <message>
        <source>Black where other windows lie over it now. It is read as soon as it lies free.</source>
        <translation>जहाँ अभी दूसरी विंडो ऊपर हैं, वहाँ काला है। खाली होते ही यह पढ़ी जाएगी।</translation>
    </message>
    <message>
        <source>Other windows lie over it now.
It is read as soon as it lies free.</source>
        <translation>अभी इसके ऊपर दूसरी विंडो हैं।
खाली होते ही यह पढ़ी जाएगी।</translation>
    </message>
    <message>
        <source>Picture of the window</source>
        <translation>विंडो की तस्वीर</translation>
    </message>
</context>
<context>
    <name>WindowRows</name>
    <message>
        <source>Call</source>
        <translation>कॉल</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>पिछली बार की</translation>
    </message>
    <message>
        <source>Open windows</source>
        <translation>खुली विंडो</translation>
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
        <translation>। </translation>
    </message>
</context>
<context>
    <name>_Welcome</name>
    <message>
        <source>How does the class look?</source>
        <translation>कक्षा कैसी दिखती है?</translation>
    </message>
    <message>
        <source>Open your video call with the gallery of faces, then start: the call&apos;s window is found by itself. You see in a second what most faces show and whether it has changed. Or look at a made-up class first.</source>
        <translation>चेहरों की गैलरी के साथ अपनी वीडियो कॉल खोलें, फिर शुरू करें: कॉल की विंडो अपने आप मिल जाती है। एक सेकंड में दिखता है कि ज़्यादातर चेहरे क्या दिखाते हैं और क्या कुछ बदला है। या पहले एक बनाई हुई कक्षा देखें।</translation>
    </message>
    <message>
        <source>See the demo class</source>
        <translation>डेमो कक्षा देखें</translation>
    </message>
    <message>
        <source>Start a lesson</source>
        <translation>क्लास शुरू करें</translation>
    </message>
</context>
</TS>
