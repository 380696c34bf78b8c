pincite("texts-0",["two three four five"]);
