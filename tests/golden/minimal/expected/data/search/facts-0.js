pincite("facts-0",{"names":[["other"],["occurred"],[],[],[],[],["note"]],"rows":[["first","The first event","7 February 2025",24301,24301,[0],[0],[],[],[],[],[0]]]});
